import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LimitState } from './limiter.ts';
import { MemoryLimiter } from './memory-limiter.ts';

const LIMIT = { keyPrefix: 'test', points: 2, duration: 60 };

describe('a limiter in memory', () => {
  it('counts as many keys as it may, whoever comes, and forgets the one that was used longest ago', async () => {
    const limiter = new MemoryLimiter(LIMIT, 100);
    for (let network = 0; network < 10_000; network += 1) {
      await limiter.consume(`2001:db8:${network}::/64`);
      // Somebody who goes on trying all the time is not forgotten.
      await limiter.penalty('guesser');
    }
    assert.equal(limiter.size, 100);
    assert.equal(limiter.lost, 9_901);
    assert.equal((await limiter.get('guesser'))?.consumedPoints, 10_000);
    await assert.rejects(limiter.consume('guesser'), (refusal) => refusal instanceof LimitState);
    assert.equal((await limiter.get('2001:db8:9999::/64'))?.consumedPoints, 1);
    assert.equal(await limiter.get('2001:db8:0::/64'), null);
  });

  it('has room again for what was forgotten on purpose', async () => {
    const limiter = new MemoryLimiter(LIMIT, 2);
    await limiter.consume('a');
    await limiter.delete('a');
    await limiter.consume('b');
    await limiter.consume('c');
    assert.equal((await limiter.get('b'))?.consumedPoints, 1);
    assert.equal(limiter.lost, 0);
  });

  it('does not go on counting what is over', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    const limiter = new MemoryLimiter(LIMIT, 100);
    for (let network = 0; network < 50; network += 1) await limiter.consume(`${network}`);
    t.mock.timers.tick(60_001);
    for (let use = 0; use < 50; use += 1) await limiter.penalty('still here');
    assert.equal(limiter.size, 1);
    assert.equal(limiter.lost, 0);
  });
});
