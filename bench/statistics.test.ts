import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { costRatio, median, percentile, rankTest, spreadOf } from './statistics.ts';

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

  it('tell by ranks whether two samples differ, as R does', () => {
    // The example of R's wilcox.test: ozone in May and in August 1973, from its data set airquality; W = 127.5, p-value = 0.0001208.
    const may = [41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, 23, 45, 115, 37];
    const august = [
      39, 9, 16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21, 9, 45, 168, 73, 76, 118, 84, 85,
    ];
    assert.equal(rankTest(may, august).toFixed(7), '0.0001208');
    assert.equal(rankTest(august, may).toFixed(7), '0.0001208', 'in either direction');
  });

  it('tell no samples apart that are alike, however many', () => {
    assert.equal(rankTest([5, 5, 5], [5, 5]), 1);
    const range = Array.from({ length: 1_000 }, (_, index) => index);
    assert.equal(rankTest(range, range.toReversed()).toFixed(6), '1.000000');
    assert.ok(
      rankTest(
        range,
        range.map((value) => value + 10_000),
      ) < 1e-100,
    );
  });
});
