import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FairQueue } from './fair-queue.ts';
import { OverloadedError } from './overloaded-error.ts';

/** A queue whose work ends when the test says so. */
function heldQueue(options: { concurrency: number; maxWaiting: number }) {
  const queue = new FairQueue('passwords', options);
  const started: string[] = [];
  const ends: (() => void)[] = [];
  const ask = (payer: string, name = payer) =>
    queue
      .run(payer, () => {
        started.push(name);
        return new Promise<void>((resolve) => ends.push(resolve));
      })
      .then(
        () => 'done',
        (error: unknown) => (error instanceof OverloadedError ? 'refused' : 'failed'),
      );
  /** Ends what has run longest, and waits until the next has begun. */
  const endOne = async () => {
    ends.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { queue, started, ask, endOne };
}

describe('FairQueue', () => {
  it('takes fewer at once when it gets a smaller part of the processors', async () => {
    const { queue, started, ask } = heldQueue({ concurrency: 2, maxWaiting: 10 });
    queue.setLimits({ concurrency: 1, maxWaiting: 1 });
    void ask('a');
    void ask('b');
    assert.equal(await ask('b', 'third'), 'refused');
    assert.deepEqual(started, ['a']);
    assert.equal(queue.size, 1);
  });

  it('runs a few at a time, the others in turn', async () => {
    const { queue, started, ask, endOne } = heldQueue({ concurrency: 2, maxWaiting: 10 });
    const answers = ['a', 'b', 'c', 'd'].map((payer) => ask(payer));
    assert.deepEqual(started, ['a', 'b']);
    assert.equal(queue.size, 2);
    for (let end = 0; end < 4; end += 1) await endOne();
    assert.deepEqual(started, ['a', 'b', 'c', 'd']);
    assert.deepEqual(await Promise.all(answers), ['done', 'done', 'done', 'done']);
    assert.equal(queue.size, 0);
    // All places are free again.
    const more = [ask('e'), ask('f')];
    assert.deepEqual(started.slice(4), ['e', 'f']);
    await endOne();
    await endOne();
    assert.deepEqual(await Promise.all(more), ['done', 'done']);
  });

  it('refuses what would wait too long: of a hundred from one network, those beyond the queue', async () => {
    const { queue, ask, endOne } = heldQueue({ concurrency: 2, maxWaiting: 64 });
    const answers = Array.from({ length: 100 }, () => ask('one network'));
    for (let end = 0; end < 70; end += 1) await endOne();
    const outcomes = await Promise.all(answers);
    assert.equal(outcomes.filter((outcome) => outcome === 'done').length, 66);
    assert.equal(outcomes.filter((outcome) => outcome === 'refused').length, 34);
    assert.equal(queue.lost, 34);
  });

  it('says before anything is done that there will be no place, to whom there will be none', async () => {
    const { queue, ask, endOne } = heldQueue({ concurrency: 1, maxWaiting: 2 });
    queue.assertRoomFor('flood');
    const answers = [ask('flood'), ask('flood'), ask('flood')];
    assert.throws(() => queue.assertRoomFor('flood'), OverloadedError);
    assert.equal(queue.lost, 1);
    queue.assertRoomFor('visitor');
    for (let end = 0; end < 3; end += 1) await endOne();
    assert.deepEqual(await Promise.all(answers), ['done', 'done', 'done'], 'being asked takes no place');
  });

  it('cannot be filled by one network: another is next, even when all places are taken', async () => {
    const { queue, started, ask, endOne } = heldQueue({ concurrency: 1, maxWaiting: 8 });
    const flood = Array.from({ length: 50 }, (_, number) => ask('flood', `flood ${number}`));
    const visitor = ask('visitor');
    assert.equal(queue.size, 8, 'the flood has given a place to the visitor');
    await endOne();
    await endOne();
    assert.deepEqual(started, ['flood 0', 'flood 1', 'visitor']);
    for (let end = 0; end < 10; end += 1) await endOne();
    assert.equal(await visitor, 'done');
    assert.equal((await Promise.all(flood)).filter((outcome) => outcome === 'done').length, 8);
  });

  it('refuses a newcomer only when nobody has more places than it would have', async () => {
    const { ask, endOne } = heldQueue({ concurrency: 1, maxWaiting: 3 });
    const first = ['a', 'b', 'c', 'd'].map((payer) => ask(payer));
    assert.equal(await ask('e'), 'refused');
    assert.equal(await ask('b'), 'refused');
    for (let end = 0; end < 4; end += 1) await endOne();
    assert.deepEqual(await Promise.all(first), ['done', 'done', 'done', 'done']);
  });

  it('does not begin what nobody waits for any more when its turn comes', async () => {
    const queue = new FairQueue('passwords', { concurrency: 1, maxWaiting: 2 });
    const held = Promise.withResolvers<void>();
    const first = queue.run('a', () => held.promise);
    const begun: string[] = [];
    const ask = (name: string, hasGone: boolean) =>
      queue.run(
        name,
        async () => begun.push(name),
        () => hasGone,
      );
    const [gone, stays] = [ask('gone', true), ask('stays', false)];
    held.resolve();
    await assert.rejects(gone, OverloadedError);
    await Promise.all([first, stays]);
    assert.deepEqual([begun, queue.lost], [['stays'], 0]);
    await ask('at once', true);
    assert.deepEqual(begun, ['stays', 'at once'], 'who waits for nothing is not asked');
  });

  it('goes on after work that fails', async () => {
    const queue = new FairQueue('passwords', { concurrency: 1, maxWaiting: 1 });
    const failing = queue.run('a', () => Promise.reject(new Error('out of memory')));
    const next = queue.run('b', async () => 'fine');
    await assert.rejects(failing, /out of memory/);
    assert.equal(await next, 'fine');
  });
});
