const UNITS = [
  ['day', 24 * 60 * 60 * 1000],
  ['hour', 60 * 60 * 1000],
  ['minute', 60 * 1000],
  ['second', 1000],
] as const;

export const DAY_MS = 24 * 60 * 60 * 1000;

/** A length of time in the largest unit of which there are two or more: `3 days`, `36 hours`. */
export function inWords(lengthMs: number): string {
  const [unit, unitMs] = UNITS.find(([, each]) => lengthMs >= 2 * each) ?? ['second', 1000];
  const count = Math.round(lengthMs / unitMs);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
