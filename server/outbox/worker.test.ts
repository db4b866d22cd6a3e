import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { until } from '../../scripts/testing/until.ts';
import { delayAfter } from './backoff.ts';
import { type Work, Worker, type WorkKind } from './worker.ts';

describe('the backoff', () => {
  it('doubles, with up to a quarter added, up to its most, and ends', () => {
    const backoff = { firstDelayMs: 1_000, maxDelayMs: 6_000, maxAttempts: 5 };
    for (const [attempts, least] of [
      [1, 1_000],
      [2, 2_000],
      [3, 4_000],
      [4, 6_000],
    ] as const) {
      const delays = Array.from({ length: 200 }, () => delayAfter(attempts, backoff) ?? 0);
      assert.ok(Math.min(...delays) >= least && Math.max(...delays) <= least * 1.25, `${attempts}`);
      assert.ok(new Set(delays).size > 20, 'what has failed together does not come back together');
    }
    assert.equal(delayAfter(5, backoff), undefined);
  });
});

describe('a worker', () => {
  const workers: Worker<Item>[] = [];
  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.close();
  });
  interface Item extends Work {
    lane: string;
  }

  /** A queue in memory. */
  function queue(run: (item: Item) => Promise<void>, more: Partial<WorkKind<Item>> = {}) {
    const waiting: Item[] = [];
    const log: string[] = [];
    const warnings: object[] = [];
    const note = (what: string) => async (item: Item) => void log.push(`${what} ${item.id}`);
    const kind: WorkKind<Item> = {
      name: 'work',
      failed: 'it failed',
      slots: 2,
      leaseMs: 60_000,
      pollIntervalMs: 3_600_000,
      backoff: { firstDelayMs: 1, maxAttempts: 2 },
      claim: async (_leaseMs, busy) => {
        const index = waiting.findIndex(({ lane }) => busy.every((other) => other.lane !== lane));
        return index < 0 ? undefined : waiting.splice(index, 1)[0];
      },
      renew: async () => true,
      run,
      done: note('done'),
      postpone: note('postponed'),
      giveUp: note('given up'),
      ...more,
    };
    const worker = new Worker(kind, { warn: (details) => void warnings.push(details) });
    workers.push(worker);
    const add = (id: string, lane = id, attempts = 1) => void waiting.push({ id, lane, attempts });
    return { worker, add, log, warnings, waiting };
  }

  it('does what there is, and says what has failed and why', async () => {
    const { worker, add, log, warnings } = queue(async ({ id }) => {
      if (id !== 'a') throw new Error('no');
    });
    add('a');
    add('b');
    add('c', 'c', 2);
    worker.wake();
    await until(() => log.length === 3);
    assert.deepEqual(log.toSorted(), ['done a', 'given up c', 'postponed b']);
    assert.deepEqual(warnings, [
      { id: 'b', attempts: 1, givenUp: false, reason: 'no' },
      { id: 'c', attempts: 2, givenUp: true, reason: 'no' },
    ]);
    assert.deepEqual(worker.deliveries, { done: 1, failed: 1, given_up: 1 });
  });

  it('does no more at once than it has slots, and one that hangs does not keep the others waiting', async () => {
    const hanging = Promise.withResolvers<void>();
    let now = 0;
    let most = 0;
    const { worker, add, log } = queue(async ({ id }) => {
      most = Math.max(most, ++now);
      if (id === 'hangs') await hanging.promise;
      now -= 1;
    });
    add('hangs', 'dead');
    add('waits', 'dead');
    for (const id of ['a', 'b', 'c', 'd']) add(id);
    worker.wake();
    await until(() => log.length === 4);
    assert.deepEqual(log, ['done a', 'done b', 'done c', 'done d']);
    assert.equal(most, 2);
    hanging.resolve();
    await until(() => log.length === 6);
  });

  it('renews the lease for as long as the work takes, and not longer', async () => {
    const work = Promise.withResolvers<void>();
    let renewals = 0;
    const { worker, add, log } = queue(() => work.promise, {
      leaseMs: 30,
      renew: async () => {
        renewals += 1;
        if (renewals === 2) throw new Error('the database is away for a moment');
        return true;
      },
    });
    add('slow');
    worker.wake();
    await until(() => renewals >= 4);
    work.resolve();
    await until(() => log.length === 1);
    const atTheEnd = renewals;
    for (let turn = 0; turn < 10; turn += 1) await until(() => true);
    assert.equal(renewals, atTheEnd);
  });

  it('writes what became of it after a renewal that is under way, which gives the lease another end', async () => {
    const work = Promise.withResolvers<void>();
    const renewal = Promise.withResolvers<boolean>();
    let isRenewing = false;
    const { worker, add, log } = queue(() => work.promise, {
      leaseMs: 30,
      renew: () => {
        isRenewing = true;
        return renewal.promise;
      },
    });
    add('slow');
    worker.wake();
    await until(() => isRenewing);
    work.resolve();
    for (let turn = 0; turn < 10; turn += 1) await until(() => true);
    assert.deepEqual(log, []);
    renewal.resolve(true);
    await until(() => log.length === 1);
  });

  it('finds what came while it was looking', async () => {
    const { worker, add, log } = queue(async () => {}, {});
    worker.wake();
    add('late');
    worker.wake();
    await until(() => log.length === 1);
  });

  it('says that the database is out of reach, and goes on later', async () => {
    let isAway = true;
    const found: Item[] = [{ id: 'a', lane: 'a', attempts: 1 }];
    const { worker, log, warnings } = queue(async () => {}, {
      pollIntervalMs: 5,
      claim: async () => {
        if (isAway) throw new Error('away');
        return found.pop();
      },
    });
    worker.wake();
    await until(() => warnings.length > 1);
    assert.deepEqual(warnings[0], { reason: 'away' });
    isAway = false;
    await until(() => log.length === 1);
  });

  it('leaves to the lease what it could not write', async () => {
    const { worker, add, log, warnings } = queue(async () => {}, {
      done: async () => {
        throw new Error('away');
      },
    });
    add('a');
    worker.wake();
    await until(() => warnings.length === 1);
    assert.deepEqual(warnings, [{ reason: 'away' }]);
    assert.deepEqual(log, []);
  });

  it('takes nothing more once it is closed, and waits only a moment for what hangs', async () => {
    const { worker, add, waiting } = queue(() => new Promise(() => {}));
    add('hangs', 'one');
    worker.wake();
    await until(() => waiting.length === 0);
    const before = performance.now();
    await worker.close();
    assert.ok(performance.now() - before < 10_000);
    add('another');
    worker.wake();
    assert.equal(waiting.length, 1);
  });
});
