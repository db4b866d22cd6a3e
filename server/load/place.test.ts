import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FairQueue } from './fair-queue.ts';
import { elsewhere, Place } from './place.ts';

describe('a place', () => {
  it('is lent until the last of all that is waited for at once has come', async () => {
    const queue = new FairQueue('too much to do', { concurrency: 1, maxWaiting: 1 });
    queue.enterAtOnce();
    const [first, last] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const both = new Place(queue, () => 'a').run(() => [elsewhere(() => first.promise), elsewhere(() => last.promise)]);
    first.resolve();
    await both[0];
    assert.ok(queue.enterAtOnce(), 'nobody is kept waiting for the other');
    queue.leave();
    last.resolve();
    await both[1];
    assert.equal(queue.enterAtOnce(), false, 'its work goes on');
  });
});
