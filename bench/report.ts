/** One measured value and its limit. */
export interface Row {
  what: string;
  measured: string;
  bar: string;
  met: boolean;
}

export function print(rows: readonly Row[]): void {
  const width = (pick: (row: Row) => string) => Math.max(...rows.map((row) => pick(row).length));
  const what = width((row) => row.what);
  const measured = width((row) => row.measured);
  for (const row of rows) {
    console.log(
      `${row.met ? 'ok  ' : 'MISS'}  ${row.what.padEnd(what)}  ${row.measured.padStart(measured)}  ${row.bar}`,
    );
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
