import { parse } from 'csv-parse/sync';
import type { Row } from '#domain/import/import-people.ts';
import { CommandError } from '../command.ts';
import { linesOf } from './lines.ts';

/** Cells that are no text. */
const BOOLEANS = new Set(['email_verified', 'phone_number_verified', 'blocked']);
const TRUE = /^(true|1|yes)$/i;
const FALSE = /^(false|0|no)$/i;
/** Cells that may be JSON, because a table has no other way to say it. */
const JSON_CELLS = new Set(['identities', 'password_hash', 'passkeys', 'consents', 'roles']);

/** A table that cannot be read at all. */
export class TableError extends CommandError {
  override name = 'TableError';
}

/**
 * A table with the names of the keys in its first line; `address.country` is a part of `address`. An empty cell says nothing.
 * @throws TableError when the first line is no list of names
 */
export async function* rowsOfCsv(stream: AsyncIterable<Buffer>): AsyncGenerator<Row> {
  let names: string[] | undefined;
  for await (const each of linesOf(stream, { quotes: true })) {
    const cells = 'text' in each ? cellsOf(each.text) : each.reason;
    if (!names) {
      if (typeof cells === 'string') throw new TableError(`The first line has no names of columns: ${cells}`);
      names = cells.map((cell) => cell.trim());
    } else yield typeof cells === 'string' ? { line: each.line, reason: cells } : toRow(each.line, names, cells);
  }
}

/** The cells of a record (RFC 4180), or what is wrong with it. */
function cellsOf(text: string): string[] | string {
  try {
    const [cells = []] = parse(text, { relax_column_count: true });
    return cells;
  } catch (error) {
    return (error as Error).message.replace(/ at line \d+/, '');
  }
}

function toRow(line: number, names: readonly string[], cells: readonly string[]): Row {
  if (cells.length !== names.length)
    return { line, reason: `has ${cells.length} cells, and the first line ${names.length}` };
  const row: Record<string, unknown> = {};
  try {
    for (const [index, name] of names.entries()) {
      const text = cells[index] ?? '';
      if (text !== '') put(row, name, readCell(name, text));
    }
  } catch (error) {
    return { line, reason: (error as Error).message };
  }
  return { line, row };
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
