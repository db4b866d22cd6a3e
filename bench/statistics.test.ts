import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { costRatio, median, percentile, spreadOf } from './statistics.ts';

describe('statistics', () => {
  it('take the middle one, or the mean of the two in the middle, whatever the order', () => {
    assert.equal(median([30, 10, 20]), 20);
    assert.equal(median([40, 10, 30, 20]), 25);
    assert.equal(median([7]), 7);
    assert.ok(Number.isNaN(median([])), 'nothing was measured, which is not zero');
  });

  it('sort by size and leave what they were given as it was', () => {
    const values = [9, 100, 10];
    assert.equal(median(values), 10);
    assert.deepEqual(values, [9, 100, 10]);
  });

  it('say how far rounds lie apart', () => {
    assert.deepEqual(spreadOf([2, 9, 4]), { median: 4, least: 2, most: 9 });
  });

  it('give percentiles by the nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    assert.equal(percentile(hundred, 99), 99);
    assert.equal(percentile(hundred, 50), 50);
    assert.equal(percentile([1, 2], 99), 2);
    assert.equal(percentile([5], 1), 5);
    assert.ok(Number.isNaN(percentile([], 99)));
  });

  it('compare round by round, so that a slow moment of the machine falls out', () => {
    const ours = { cpuMs: [2, 20, 4] };
    const theirs = { cpuMs: [1, 10, 2] };
    assert.deepEqual(costRatio(ours, theirs), { median: 2, least: 2, most: 2 });
    assert.ok(Number.isNaN(costRatio(ours, { cpuMs: [] }).median), 'without a baseline there is no ratio');
  });
});
