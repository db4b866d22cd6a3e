import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { DatabaseCrowdedError, problemOf, WriteLockTimeoutError } from './database-errors.ts';
import { WriteLock } from './write-lock.ts';

const busy = () => Object.assign(new Error('database is locked'), { errcode: 5 });

describe('the write lock', () => {
  it('goes to one after the other, in order, and the event loop turns in between', async () => {
    const lock = new WriteLock();
    const order: string[] = [];
    const writers = ['a', 'b', 'c'].map(async (name) => {
      await lock.acquire(() => order.push(name));
      lock.release();
    });
    const turns = (async () => {
      for (let turn = 0; turn < 3; turn += 1) {
        await nextTurn();
        order.push('turn');
      }
    })();
    await Promise.all([...writers, turns]);
    assert.deepEqual(
      order.filter((each) => each !== 'turn'),
      ['a', 'b', 'c'],
    );
    assert.ok(order.indexOf('turn') < order.indexOf('c'), order.join());
  });

  it('is asked for again while another process has it, without blocking', async () => {
    const lock = new WriteLock();
    let attempts = 0;
    const taken = lock.acquire(() => {
      attempts += 1;
      if (attempts < 4) throw busy();
      return 'taken';
    });
    const second = lock.acquire(() => 'second');
    assert.equal(attempts, 1, 'the first attempt is made at once');
    assert.equal(await taken, 'taken');
    assert.equal(attempts, 4);
    lock.release();
    assert.equal(await second, 'second');
  });

  it('lets so many wait, refuses the others at once, and goes on with those who wait', async () => {
    const lock = new WriteLock(undefined, 100);
    await lock.acquire(() => 'taken');
    const asked = Array.from({ length: 5_000 }, (_, number) => lock.acquire(() => number));
    assert.equal(lock.size, 100);
    assert.equal(lock.lost, 4_900);
    for (const refused of asked.slice(100)) await assert.rejects(refused, DatabaseCrowdedError);
    for (const [number, waiting] of asked.slice(0, 100).entries()) {
      lock.release();
      assert.equal(await waiting, number);
    }
    assert.equal(problemOf(new DatabaseCrowdedError()), 'busy', 'so that every contract says when to come back');
  });

  it('is refused to everybody who has waited too long, and goes on with the others', async () => {
    const MAX_WAIT_MS = 30;
    const lock = new WriteLock(MAX_WAIT_MS);
    let isHeldElsewhere = true;
    const take = (name: string) => () => {
      if (isHeldElsewhere) throw busy();
      return name;
    };
    const waiting = ['first', 'second'].map((name) => assert.rejects(lock.acquire(take(name)), WriteLockTimeoutError));
    await Promise.all(waiting);
    const later = lock.acquire(take('later'));
    isHeldElsewhere = false;
    assert.equal(await later, 'later');
    lock.release();
  });

  it('does not count the time for which this process itself has it', async () => {
    const lock = new WriteLock(1);
    await lock.acquire(() => {});
    const second = lock.acquire(() => 'second');
    await delay(5);
    lock.release();
    assert.equal(await second, 'second');
  });

  it('is free again after a writer has failed', async () => {
    const lock = new WriteLock();
    const failing = lock.acquire(() => {
      throw new Error('no such table');
    });
    const next = lock.acquire(() => 'next');
    await assert.rejects(failing, /no such table/);
    assert.equal(await next, 'next');
  });
});
