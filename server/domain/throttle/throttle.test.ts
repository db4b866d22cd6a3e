import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { type Database, migrate } from '../../storage/database.ts';
import { createTestDatabase, type TestDatabase } from '../../storage/testing/engines.ts';
import { Throttle } from './throttle.ts';

function behavesAlike(create: () => Throttle): void {
  it('lets so many attempts through, then says how long to wait', async () => {
    const throttle = create();
    for (let attempt = 0; attempt < 3; attempt += 1) assert.equal(await throttle.count('signUpByEmail', 'a'), 0);
    const waitMs = await throttle.count('signUpByEmail', 'a');
    assert.ok(waitMs > 23 * 3_600_000 && waitMs <= 24 * 3_600_000, `${waitMs}`);
  });

  it('counts each act and each key apart', async () => {
    const throttle = create();
    for (let attempt = 0; attempt < 4; attempt += 1) await throttle.count('signUpByEmail', 'b');
    assert.equal(await throttle.count('signUpByEmail', 'c'), 0);
    assert.equal(await throttle.count('signInByEmail', 'b'), 0);
  });

  it('never slows without a key', async () => {
    const throttle = create();
    for (let attempt = 0; attempt < 200; attempt += 1)
      assert.equal(await throttle.count('signInByAddress', undefined), 0);
  });

  it('looks without counting', async () => {
    const throttle = create();
    for (let look = 0; look < 20; look += 1)
      assert.deepEqual(await throttle.look('externalLoginByClient', 'f'), { attempts: 0, waitMs: 0 });
    for (let attempt = 1; attempt < 10; attempt += 1) {
      await throttle.count('externalLoginByClient', 'f');
      assert.deepEqual(await throttle.look('externalLoginByClient', 'f'), { attempts: attempt, waitMs: 0 });
    }
    await throttle.count('externalLoginByClient', 'f');
    const { attempts, waitMs } = await throttle.look('externalLoginByClient', 'f');
    assert.equal(attempts, 10);
    assert.ok(waitMs > 14 * 60_000 && waitMs <= 15 * 60_000, `${waitMs}`);
    await throttle.forget('externalLoginByClient', 'f');
    assert.deepEqual(await throttle.look('externalLoginByClient', 'f'), { attempts: 0, waitMs: 0 });
    assert.deepEqual(await throttle.look('externalLoginByAddress', undefined), { attempts: 0, waitMs: 0 });
  });

  it('forgets, and gives back', async () => {
    const throttle = create();
    for (let attempt = 0; attempt < 4; attempt += 1) await throttle.count('signUpByEmail', 'd');
    await throttle.forget('signUpByEmail', 'd');
    assert.equal(await throttle.count('signUpByEmail', 'd'), 0);

    for (let attempt = 0; attempt < 10; attempt += 1) {
      assert.equal(await throttle.count('signUpByEmail', 'e'), 0);
      await throttle.giveBack('signUpByEmail', 'e');
    }
    await throttle.giveBack('signUpByEmail', undefined);
    await throttle.forget('signUpByEmail', 'nobody');
  });
}

describe('Throttle (in memory)', () => behavesAlike(() => new Throttle(undefined)));

describe('Throttle (PostgreSQL)', () => {
  let home: TestDatabase;
  let database: Database;
  let elsewhere: Database;
  before(async () => {
    home = await createTestDatabase('PostgreSQL');
    [database, elsewhere] = [home.open(), home.open()];
    await migrate(database.db);
  });
  after(() => home.remove());

  behavesAlike(() => new Throttle(database.pool));

  it('is one count for all processes, however many attempts come at once', async () => {
    const processes = [new Throttle(database.pool), new Throttle(elsewhere.pool)];
    const waits = await Promise.all(
      Array.from({ length: 40 }, (_, attempt) => processes[attempt % 2]?.count('signInByEmail', 'target')),
    );
    assert.equal(waits.filter((waitMs) => waitMs === 0).length, 10);
    await processes[1]?.forget('signInByEmail', 'target');
    assert.equal(await processes[0]?.count('signInByEmail', 'target'), 0);
  });

  it('keeps no address in the clear', async () => {
    await new Throttle(database.pool).count('signInByEmail', 'ada@example.com');
    const { rows } = await sql<{ key: string }>`select key from rate_limits`.execute(database.db);
    assert.ok(rows.length > 0);
    for (const { key } of rows) assert.match(key, /^sign(In|Up)By(Email|Address):[\w-]{43}$/);
  });
});
