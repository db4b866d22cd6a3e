import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Allowance } from './allowance.ts';

const WINDOWS = [{ durationMs: 1_000, max: 2 }];

describe('an allowance', () => {
  it('is taken by each key for itself, and tells once what it refused', () => {
    const allowance = new Allowance(WINDOWS);
    assert.deepEqual(
      ['a', 'a', 'a', 'b', 'a'].map((key) => allowance.take(key, 0)),
      [true, true, false, true, false],
    );
    assert.deepEqual(allowance.settle(10), [{ key: 'a', refused: 2 }]);
    assert.deepEqual(allowance.settle(20), []);
    assert.equal(allowance.take('a', 1_001), true);
  });

  it('counts so many keys and no more: those that come later share one, until windows have ended', () => {
    const allowance = new Allowance(WINDOWS, 100);
    const flood = (nowMs: number) =>
      Array.from({ length: 1_000 }, (_, number) => allowance.take(`app ${number}`, nowMs)).filter(Boolean).length;
    assert.equal(flood(0), 102);
    assert.equal(allowance.size, 100);
    assert.equal(allowance.lost, 898);
    assert.equal(allowance.take('app 7', 1), true, 'whoever is known keeps what is theirs');
    assert.deepEqual(allowance.settle(1_001), []);
    assert.equal(allowance.size, 0);
    assert.equal(allowance.take('app 999', 1_002), true);
  });
});
