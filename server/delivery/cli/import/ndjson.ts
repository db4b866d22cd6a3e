import type { Row } from '#domain/import/import-people.ts';
import { linesOf } from './lines.ts';

/** One JSON object a line (https://github.com/ndjson/ndjson-spec). */
export async function* rowsOfNdjson(stream: AsyncIterable<Buffer>): AsyncGenerator<Row> {
  for await (const line of linesOf(stream)) yield 'text' in line ? parse(line.line, line.text) : line;
}

function parse(line: number, text: string): Row {
  try {
    return { line, row: JSON.parse(text) };
  } catch (error) {
    return { line, reason: `no JSON: ${(error as Error).message}` };
  }
}
