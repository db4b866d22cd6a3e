import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { describe, it } from 'node:test';
import { phpass } from './phpass.ts';
import { md5Thread } from './phpass-thread.ts';

const PASSWORD = 'Grüße an Zoë 12';
const HASH = { form: 'phpass', hash: '$P$Bx4eA5/Sen/cfFpYjRCu39lX3vD.hD.' } as const;

describe('MD5 again and again', () => {
  it('is what phpass does, several at once', async () => {
    const right = Array.from({ length: 6 }, (_, index) => phpass.verify(HASH, index % 2 ? PASSWORD : 'another'));
    assert.deepEqual(await Promise.all(right), [false, true, false, true, false, true]);
    const [start, text] = [Buffer.from('start'), Buffer.from('text')];
    const once = hash('md5', Buffer.concat([hash('md5', start, 'buffer'), text]), 'buffer');
    assert.deepEqual(await md5Thread.iterate(start, text, 1), once);
    assert.deepEqual(await md5Thread.iterate(start, Buffer.alloc(0), 0), hash('md5', start, 'buffer'));
  });

  it('leaves the event loop to others', async () => {
    let turns = 0;
    const turning = setInterval(() => (turns += 1), 1);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    // Loads what is needed.
    await md5Thread.iterate(Buffer.from('start'), Buffer.from('text'), 1);
    delay.enable();
    // Half a second of a processor.
    await md5Thread.iterate(Buffer.from('start'), Buffer.from('text'), 200_000);
    delay.disable();
    clearInterval(turning);
    assert.ok(turns > 20, `${turns} turns, the longest wait ${delay.max / 1e6} ms`);
  });
});
