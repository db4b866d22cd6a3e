import { MAX_ROW_LENGTH } from '#domain/import/import-people.ts';
/** A line of a file. `text` is missing where it cannot be read. */
export type Line = { line: number; text: string } | { line: number; reason: string };

/** Nobody's row is as long. What is longer is a file of something else, or an attack on memory. */
export const MAX_LINE_BYTES = MAX_ROW_LENGTH;
const LINE_FEED = 10;
const LINE_END = Buffer.from('\n');
const QUOTATION_MARK = 34;

/**
 * The lines of a stream, as UTF-8. A line that is too long, or not UTF-8, says so and is passed over, without being kept in memory; empty ones are
 * left out.
 * @param options.quotes a line goes on while a quotation mark is open, as in a table. One that is never closed ends with what is too long
 */
export async function* linesOf(stream: AsyncIterable<Buffer>, { quotes = false } = {}): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let parts: Buffer[] = [];
  let length = 0;
  let line = 1;
  /** Where it begins. */
  let first = 1;
  let isOpen = false;
  const finish = (line: number): Line[] => {
    isOpen = false;
    const bytes = Buffer.concat(parts);
    const isTooLong = length > MAX_LINE_BYTES;
    parts = [];
    length = 0;
    if (isTooLong) return [{ line, reason: `longer than ${MAX_LINE_BYTES / 1024} KB` }];
    const text = decode(decoder, bytes);
    if (text === undefined) return [{ line, reason: 'not UTF-8' }];
    return text.trim() === '' ? [] : [{ line, text }];
  };
  for await (const chunk of stream) {
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, from)) {
      keep(chunk.subarray(from, end));
      from = end + 1;
      if (isOpen && length <= MAX_LINE_BYTES) keep(LINE_END);
      else {
        yield* finish(first);
        first = line + 1;
      }
      line += 1;
    }
    keep(chunk.subarray(from));
  }
  yield* finish(first);

  function keep(part: Buffer): void {
    length += part.length;
    if (length <= MAX_LINE_BYTES) parts.push(part);
    else parts = [];
    if (quotes) for (const byte of part) if (byte === QUOTATION_MARK) isOpen = !isOpen;
  }
}

function decode(decoder: TextDecoder, bytes: Buffer): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
