import { type RawBuilder, sql } from 'kysely';

/** A pattern for `like` that matches values which contain a text. The escape character is named, because SQLite has no default. */
export function containing(text: string): RawBuilder<string> {
  return sql<string>`${`%${text.replaceAll(/[\\%_]/g, '\\$&')}%`} escape '\\'`;
}
