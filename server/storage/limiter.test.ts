import assert from 'node:assert/strict';
import cluster from 'node:cluster';
import { describe, it } from 'node:test';
import { migrate } from './database.ts';
import { countForWorkers, createLimiter } from './limiter.ts';
import { createTestDatabase } from './testing/engines.ts';

describe('the counters of limits in PostgreSQL', () => {
  it('leave nothing in a connection, which a pooler may lend to somebody else for the next statement', async () => {
    const database = await createTestDatabase('PostgreSQL');
    try {
      const { db, pool } = database.open();
      await migrate(db);
      const limiter = createLimiter(pool, 'pooled', { points: 5, duration: 60 });
      await limiter.consume('somebody');
      await limiter.reward('somebody');
      await limiter.get('somebody');
      await limiter.delete('somebody');
      assert.equal(pool?.totalCount, 1, 'the connection that was used');
      assert.deepEqual((await pool?.query('select name from pg_prepared_statements'))?.rows, []);
    } finally {
      await database.remove();
    }
  });
});

describe('the counters that a process keeps for its workers', () => {
  /** What the primary answers to a message of a worker, as the library sends it. */
  async function answerTo(message: object): Promise<{ data?: { consumedPoints: number } }> {
    return new Promise((resolve) => {
      const worker = { send: (answer: object) => resolve(answer) };
      cluster.emit('message', worker, { channel: 'rate_limiter_flexible', keyPrefix: 'guesses', ...message });
    });
  }
  const consume = (key: string) => answerTo({ func: 'consume', promiseId: key, data: { key, arg: 1, opts: {} } });

  it('are of a limited number, and the one that was used longest ago is forgotten', { timeout: 60_000 }, async () => {
    countForWorkers();
    await answerTo({ type: 'init', opts: { keyPrefix: 'guesses', points: 5, duration: 60, blockDuration: 0 } });
    assert.equal((await consume('first')).data?.consumedPoints, 1);
    assert.equal((await consume('first')).data?.consumedPoints, 2);
    for (let count = 0; count < 50_000; count += 1) await consume(`network ${count}`);
    assert.equal((await consume('first')).data?.consumedPoints, 1);
  });
});
