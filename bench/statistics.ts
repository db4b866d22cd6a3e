/** What several rounds of one measurement say: their median, and how far they lie apart. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export function spreadOf(values: readonly number[]): Spread {
  return { median: median(values), least: Math.min(...values), most: Math.max(...values) };
}

/** The middle one, or the mean of the two in the middle. NaN of no values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const last = sorted.length - 1;
  return ((sorted[Math.floor(last / 2)] ?? Number.NaN) + (sorted[Math.ceil(last / 2)] ?? Number.NaN)) / 2;
}

/** The smallest of the values that at least `percent` of them do not exceed (the nearest rank). NaN of no values. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN;
}

/** What has one measurement of its cost for each round. */
interface Cost {
  readonly cpuMs: readonly number[];
}

/** How many times as dear the one is as the other, by pairs of one round each, so that a change of the machine's speed between rounds falls out. */
export function costRatio(ours: Cost, theirs: Cost): Spread {
  return spreadOf(ours.cpuMs.map((cost, round) => cost / (theirs.cpuMs[round] ?? Number.NaN)));
}

/**
 * The Mann–Whitney U test: how likely two samples of one distribution are at least as far apart in rank as these, in either direction. By the
 * normal approximation with a correction for ties, which is exact enough from some twenty values on.
 */
export function rankTest(one: readonly number[], other: readonly number[]): number {
  const all = [...one.map((value) => ({ value, isOne: true })), ...other.map((value) => ({ value, isOne: false }))];
  all.sort((a, b) => a.value - b.value);
  const total = all.length;
  let [rankSum, ties] = [0, 0];
  for (let from = 0, to = 0; from < total; from = to) {
    while (to < total && all[to]?.value === all[from]?.value) to += 1;
    const equal = to - from;
    // Equal values share the mean of their ranks, which count from 1.
    rankSum += ((from + to + 1) / 2) * all.slice(from, to).filter(({ isOne }) => isOne).length;
    ties += equal ** 3 - equal;
  }
  const u = rankSum - (one.length * (one.length + 1)) / 2;
  const product = one.length * other.length;
  const deviation = Math.sqrt((product / 12) * (total + 1 - ties / (total * (total - 1))));
  // All values are equal.
  if (deviation === 0) return 1;
  const z = Math.max(0, Math.abs(u - product / 2) - 0.5) / deviation;
  return complementaryError(z / Math.SQRT2);
}

/** erfc, from 0 on, with a relative error below 1.2e-7: Numerical Recipes in C, second edition, section 6.2. */
function complementaryError(x: number): number {
  const t = 1 / (1 + x / 2);
  const series = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223,
    0.17087277,
  ];
  return t * Math.exp(-x * x + series.reduceRight((rest, coefficient) => rest * t + coefficient, 0));
}
