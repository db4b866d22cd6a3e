/**
 * The most rows that one statement writes. Below the number of parameters that a statement of either engine takes: 32,766 on SQLite. An account has about
 * thirty.
 */
const MAX_ROWS = 512;

/**
 * Parts of a list whose sizes are powers of two, the largest first. Each size is a statement of its own, which stays prepared: with as many as there
 * are rows in a batch, an import would fill the memory with hundreds of statements of fifteen thousand parameters.
 */
export function* inEvenSizes<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  let at = 0;
  for (let size = MAX_ROWS; at < rows.length; ) {
    while (size > rows.length - at) size /= 2;
    yield rows.slice(at, at + size);
    at += size;
  }
}

/** The same values, some of them several times, so that their number is a power of two. For lists in which a value may stand twice. */
export function padded<Value>(values: readonly Value[]): Value[] {
  const last = values.at(-1);
  if (last === undefined) return [];
  const size = 2 ** Math.ceil(Math.log2(values.length));
  return [...values, ...Array.from({ length: size - values.length }, () => last)];
}
