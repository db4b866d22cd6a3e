import { sql } from 'kysely';
import type { Database } from '../database.ts';

export interface Cell {
  table: string;
  column: string;
  value: string;
}

/** Everything that is stored, in every table there is: for looking whether a secret is among it. */
export async function everyCell({ db }: Database): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const { name: table } of await db.introspection.getTables()) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(db);
    for (const row of rows) {
      for (const [column, value] of Object.entries(row)) {
        if (value !== null) cells.push({ table, column, value: String(value) });
      }
    }
  }
  return cells;
}
