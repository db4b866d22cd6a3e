import { z } from 'zod';
import type { Row } from '#domain/import/import-people.ts';
import { linesOf } from './lines.ts';
import { FileError } from './open-file.ts';

/** A line of a file of rejects (rejects-file.ts). */
const rejectSchema = z.strictObject({ line: z.int(), reason: z.string(), row: z.unknown().optional() });

/** What a file looks like at its first line that is one JSON document, and how it becomes lines. */
const DOCUMENTS = [
  [/^\s*\[/, `The file is a JSON array, and one person a line is wanted: jq -c '.[]' FILE`],
  [
    /^\s*\{\s*$/,
    `The file is one JSON document, and one person a line is wanted: jq -c '.users[]' FILE, or wherever its people are`,
  ],
] as const;

/**
 * One JSON object a line (https://github.com/ndjson/ndjson-spec).
 * @throws FileError when the whole file is one JSON document
 */
export async function* rowsOfNdjson(stream: AsyncIterable<Buffer>): AsyncGenerator<Row> {
  let isFirst = true;
  for await (const line of linesOf(stream)) {
    const [, problem] = (isFirst && 'text' in line && DOCUMENTS.find(([document]) => document.test(line.text))) || [];
    if (problem !== undefined) throw new FileError(problem);
    isFirst = false;
    yield 'text' in line ? parse(line.line, line.text) : line;
  }
}

function parse(line: number, text: string): Row {
  try {
    return rowOf(line, JSON.parse(text));
  } catch (error) {
    return { line, reason: `no JSON: ${(error as Error).message}`, kind: 'no JSON' };
  }
}

/** A file of rejects is read as well, once its rows are corrected: each is in an object, beside the reason for which it was left out. */
function rowOf(line: number, value: unknown): Row {
  const { data: reject } = rejectSchema.safeParse(value);
  if (!reject) return { line, row: value };
  if ('row' in reject) return { line, row: reject.row };
  return { line, reason: `has no row, because it could not be read: ${reject.reason}`, kind: 'a reject without a row' };
}
