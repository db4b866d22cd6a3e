import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inEvenSizes, padded } from './even-sizes.ts';

describe('statements of few sizes', () => {
  it('take every row once, in parts of powers of two', () => {
    for (const [count, sizes] of [
      [0, []],
      [1, [1]],
      [487, [256, 128, 64, 32, 4, 2, 1]],
      [1_100, [512, 512, 64, 8, 4]],
    ] as const) {
      const rows = Array.from({ length: count }, (_, index) => index);
      const parts = [...inEvenSizes(rows)];
      assert.deepEqual(
        parts.map(({ length }) => length),
        sizes,
      );
      assert.deepEqual(parts.flat(), rows);
    }
  });

  it('look for the same values', () => {
    assert.deepEqual(padded([]), []);
    assert.deepEqual(padded(['a']), ['a']);
    assert.deepEqual(padded(['a', 'b', 'c', 'd', 'e']), ['a', 'b', 'c', 'd', 'e', 'e', 'e', 'e']);
  });
});
