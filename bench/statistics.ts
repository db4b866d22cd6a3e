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
