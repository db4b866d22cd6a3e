import { type RawBuilder, sql } from 'kysely';

/** A pattern for `like` that matches what contains a text; both engines take the backslash as they are told. */
export function containing(text: string): RawBuilder<string> {
  return sql<string>`${`%${text.replaceAll(/[\\%_]/g, '\\$&')}%`} escape '\\'`;
}
