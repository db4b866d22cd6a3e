import { Readable } from 'node:stream';
import { CsvError, type Info, parse } from 'csv-parse';
import type { Row } from '../../../domain/import/import-people.ts';
import { MAX_LINE_BYTES } from './lines.ts';

/** Cells that are no text. */
const BOOLEANS = new Set(['email_verified', 'phone_number_verified', 'blocked']);
const TRUE = /^(true|1|yes)$/i;
const FALSE = /^(false|0|no)$/i;
/** Cells that may be JSON, because a table has no other way to say it. */
const JSON_CELLS = new Set(['identities', 'password_hash']);

interface Table {
  record: Buffer[];
  info: Info;
}

/**
 * A table with the names of the keys in its first line; `address.country` is a part of `address`. An empty cell says nothing.
 * @throws CsvError when there is no such line, or the table cannot be read any further
 */
export async function* rowsOfCsv(stream: AsyncIterable<Buffer>): AsyncGenerator<Row> {
  const parser = parse({
    bom: true,
    encoding: null,
    info: true,
    max_record_size: MAX_LINE_BYTES,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  const source = Readable.from(stream);
  source.on('error', (error) => parser.destroy(error)).pipe(parser);
  let names: string[] | undefined;
  for await (const { record, info } of parser as AsyncIterable<Table>) {
    // Where it ends, which is where it begins unless a cell has several lines.
    const line = info.lines;
    if (!names) {
      names = record.map((cell) => decode(cell).trim());
      continue;
    }
    yield toRow(line, names, record);
  }
}

function toRow(line: number, names: readonly string[], cells: readonly Buffer[]): Row {
  if (cells.length !== names.length)
    return { line, reason: `has ${cells.length} cells, and the first line ${names.length}` };
  const row: Record<string, unknown> = {};
  try {
    for (const [index, name] of names.entries()) {
      const text = decode(cells[index] ?? Buffer.alloc(0));
      if (text !== '') put(row, name, readCell(name, text));
    }
  } catch (error) {
    return { line, reason: (error as Error).message };
  }
  return { line, row };
}

function decode(cell: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(cell);
  } catch {
    throw new Error('not UTF-8');
  }
}

function readCell(name: string, text: string): unknown {
  if (BOOLEANS.has(name)) {
    if (TRUE.test(text)) return true;
    if (FALSE.test(text)) return false;
  }
  if (!JSON_CELLS.has(name) || !/^[[{]/.test(text)) return text;
  // LDAP's hashes begin with a brace, too.
  if (/^\{[A-Z\d]+\}/i.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${name}: no JSON: ${(error as Error).message}`);
  }
}

/** `address.country` becomes a part of `address`. What the name is otherwise, the row's schema judges. */
function put(row: Record<string, unknown>, name: string, value: unknown): void {
  const [outer = '', inner] = name.split('.', 2);
  if (inner === undefined) {
    Object.defineProperty(row, outer, { value, enumerable: true, configurable: true, writable: true });
    return;
  }
  const parts = Object.hasOwn(row, outer) ? row[outer] : undefined;
  const whole = typeof parts === 'object' && parts !== null ? parts : {};
  Object.defineProperty(whole, inner, { value, enumerable: true, configurable: true, writable: true });
  Object.defineProperty(row, outer, { value: whole, enumerable: true, configurable: true, writable: true });
}

export { CsvError };
