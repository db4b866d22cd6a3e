import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { type Database, migrate } from '../../storage/database.ts';
import { createTestDatabase, type TestDatabase } from '../../storage/testing/engines.ts';
import { LIMITS, type NetworkAct, networkPrefixOf } from './limits.ts';
import { Throttle, type ThrottledAct } from './throttle.ts';

function isNetworkAct(act: string): act is NetworkAct {
  return networkPrefixOf(act as ThrottledAct) !== undefined;
}

function behavesAlike(create: () => Throttle): void {
  it('lets so many attempts through, then says how long to wait', async () => {
    const throttle = create();
    for (let attempt = 0; attempt < 3; attempt += 1) assert.equal(await throttle.count('confirmAgain', 'a'), 0);
    const waitMs = await throttle.count('confirmAgain', 'a');
    assert.ok(waitMs > 59 * 60_000 && waitMs <= 60 * 60_000, `${waitMs}`);
  });

  it('counts each act and each key apart', async () => {
    const throttle = create();
    for (let attempt = 0; attempt < 4; attempt += 1) await throttle.count('confirmAgain', 'b');
    assert.equal(await throttle.count('confirmAgain', 'c'), 0);
    assert.equal(await throttle.count('apiForgotPassword', 'b'), 0);
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

  it('counts one network as one, whichever of its addresses are used: every act that is counted by address', async () => {
    const throttle = create();
    for (const [act, limit] of Object.entries(LIMITS)) {
      if (!isNetworkAct(act)) {
        assert.doesNotMatch(act, /Address|Network/, 'an act by address names its prefix');
        continue;
      }
      const host = (number: number) => ({ address: `2001:db8:1:2::${number.toString(16)}`, subject: 'somebody' });
      for (let attempt = 0; attempt < limit.points; attempt += 1)
        assert.equal(await throttle.count(act, host(attempt)), 0, act);
      assert.ok((await throttle.count(act, host(limit.points))) > 0, act);
      assert.equal(await throttle.count(act, { address: '2001:db8:1:1ff::1', subject: 'somebody' }), 0, act);
      assert.equal(await throttle.count(act, { address: '2001:db8:2::1', subject: 'somebody' }), 0, act);
    }
  });

  it('paces: lets one through, then none for the time that it is told', async () => {
    const throttle = create();
    assert.equal(await throttle.pace('guessPace', 'g', 60_000), 0);
    const waitMs = await throttle.pace('guessPace', 'g', 1_000);
    assert.ok(waitMs > 50_000 && waitMs <= 60_000, `${waitMs}`);
    await throttle.forget('guessPace', 'g');
    assert.equal(await throttle.pace('guessPace', 'g', 1_000), 0);
  });

  it('tallies beyond the limit, too', async () => {
    const throttle = create();
    for (let attempt = 1; attempt <= 15; attempt += 1) assert.equal(await throttle.tally('guesses', 'h'), attempt);
    await throttle.giveBack('guesses', 'h');
    assert.equal(await throttle.tally('guesses', 'h'), 15);
  });

  it('forgets, and gives back', async () => {
    const throttle = create();
    for (let attempt = 0; attempt < 4; attempt += 1) await throttle.count('confirmAgain', 'd');
    await throttle.forget('confirmAgain', 'd');
    assert.equal(await throttle.count('confirmAgain', 'd'), 0);

    for (let attempt = 0; attempt < 10; attempt += 1) {
      assert.equal(await throttle.count('confirmAgain', 'e'), 0);
      await throttle.giveBack('confirmAgain', 'e');
    }
    await throttle.giveBack('confirmAgain', undefined);
    await throttle.forget('confirmAgain', 'nobody');
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
      Array.from({ length: 40 }, (_, attempt) => processes[attempt % 2]?.count('externalLoginByClient', 'target')),
    );
    assert.equal(waits.filter((waitMs) => waitMs === 0).length, 10);
    await processes[1]?.forget('externalLoginByClient', 'target');
    assert.equal(await processes[0]?.count('externalLoginByClient', 'target'), 0);
  });

  it('keeps no address in the clear', async () => {
    await new Throttle(database.pool).count('confirmAgain', 'ada@example.com');
    const { rows } = await sql<{ key: string }>`select key from rate_limits`.execute(database.db);
    assert.ok(rows.length > 0);
    for (const { key } of rows) assert.match(key, /^\w+:[\w-]{43}$/);
  });
});
