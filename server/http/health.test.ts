import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Fastify from 'fastify';
import { createTestDatabase } from '../storage/testing/engines.ts';
import { addHealthRoutes } from './health.ts';

function application(ping: () => Promise<void>) {
  const app = Fastify();
  addHealthRoutes(app, { ping });
  return app;
}

describe('health', () => {
  it('is ready with a database', async () => {
    const app = application(async () => {});
    const response = await app.inject('/readyz');
    assert.equal(response.statusCode, 200);
    assert.deepEqual(response.json(), { status: 'ready' });
  });

  it('is alive but not ready when the database is unreachable, and reveals nothing about the database', async () => {
    const app = application(async () => {
      throw new Error('connect ECONNREFUSED postgres://user:secret@10.0.0.1:5432');
    });
    const response = await app.inject('/readyz');
    assert.equal(response.statusCode, 503);
    assert.equal(response.headers['retry-after'], '5');
    assert.deepEqual(response.json(), { status: 'unavailable', message: 'The database is unreachable.' });
    assert.equal((await app.inject('/healthz')).statusCode, 200);
    assert.deepEqual((await app.inject('/healthz')).json(), { status: 'ok' });
  });

  it('notices that the database is gone', async () => {
    const home = await createTestDatabase('SQLite');
    const database = home.open();
    const app = application(() => database.ping());
    assert.equal((await app.inject('/readyz')).statusCode, 200);
    await database.close();
    assert.equal((await app.inject('/readyz')).statusCode, 503);
    await home.remove();
  });
});
