/**
 * How long something took: "2.3 sec", "4.5 min", "1.2 hr". Runs on the server and in the browser, so it uses nothing but what it is given.
 * @param signDisplay `always` for how much later something was: "+2.3 sec"
 */
export function elapsed(tag: string, durationMs: number, signDisplay: 'auto' | 'always'): string {
  const seconds = Math.max(durationMs, 0) / 1_000;
  const [value, unit] =
    seconds < 120 ? [seconds, 'second'] : seconds < 3_600 ? [seconds / 60, 'minute'] : [seconds / 3_600, 'hour'];
  const format = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1, signDisplay } as const;
  return new Intl.NumberFormat(tag, format).format(value);
}
