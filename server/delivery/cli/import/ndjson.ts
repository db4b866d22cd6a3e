import { z } from 'zod';
import type { Row } from '#domain/import/import-people.ts';
import { linesOf } from './lines.ts';

/** A line of a file of rejects (rejects-file.ts). */
const rejectSchema = z.strictObject({ line: z.int(), reason: z.string(), row: z.unknown().optional() });

/** One JSON object a line (https://github.com/ndjson/ndjson-spec). */
export async function* rowsOfNdjson(stream: AsyncIterable<Buffer>): AsyncGenerator<Row> {
  for await (const line of linesOf(stream)) yield 'text' in line ? parse(line.line, line.text) : line;
}

function parse(line: number, text: string): Row {
  try {
    return rowOf(line, JSON.parse(text));
  } catch (error) {
    return { line, reason: `no JSON: ${(error as Error).message}` };
  }
}

/** A file of rejects is read as well, once its rows are corrected: each is in an object, beside the reason for which it was left out. */
function rowOf(line: number, value: unknown): Row {
  const { data: reject } = rejectSchema.safeParse(value);
  if (!reject) return { line, row: value };
  if ('row' in reject) return { line, row: reject.row };
  return { line, reason: `has no row, because it could not be read: ${reject.reason}` };
}
