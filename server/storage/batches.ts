import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Kysely, PostgresAdapter, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Tables } from './tables.ts';

/**
 * Rows that one statement of a bulk act deletes, or looks at. On SQLite a statement stops the event loop for its whole length: of 500 rows of
 * a million, whose indexes are not in memory, for up to 70 ms of processor time. On PostgreSQL it keeps the locks of other writers short.
 */
export const BATCH_ROWS = 200;

type Condition = RawBuilder<SqlBool>;

/** The columns of a table's primary key. */
type KeyOf<Table extends keyof Tables> = readonly (keyof Tables[Table] & string)[];

/**
 * Deletes rows, a bounded number with each statement, and lets the event loop turn in between. Each batch counts by itself: whoever stops in
 * the middle begins again with what is left.
 * @param where has to be cheap to find rows by: an index has to lead to them
 * @returns how many rows were deleted
 */
export async function deleteInBatches<Table extends keyof Tables & string>(
  db: Kysely<Tables>,
  table: Table,
  key: KeyOf<Table>,
  where: Condition,
): Promise<number> {
  const statement =
    db.getExecutor().adapter instanceof PostgresAdapter ? byKey(table, key, where) : byRow(table, where);
  for (let deleted = 0; ; await nextTurn()) {
    const { numAffectedRows = 0n } = await statement.execute(db);
    deleted += Number(numAffectedRows);
    if (numAffectedRows < BATCH_ROWS) return deleted;
  }
}

/**
 * Changes rows, a bounded number with each statement, and lets the event loop turn in between.
 * @param where finds no row any more once it is changed; an index has to lead to them
 */
export async function updateInBatches<Table extends keyof Tables & string>(
  db: Kysely<Tables>,
  table: Table,
  key: KeyOf<Table>,
  values: { [Column in keyof Tables[Table] & string]?: string | number | null },
  where: Condition,
): Promise<void> {
  const rows = sql.table(table);
  const changes = sql.join(Object.entries(values).map(([column, value]) => sql`${sql.ref(column)} = ${value}`));
  const columns = sql.join(key.map((column) => sql.ref(column)));
  const batch = sql`select ${columns} from ${rows} where ${where} limit ${sql.lit(BATCH_ROWS)}`;
  const statement = sql`update ${rows} set ${changes} where (${columns}) in (${batch})`;
  for (;;) {
    const { numAffectedRows = 0n } = await statement.execute(db);
    if (numAffectedRows < BATCH_ROWS) return;
    await nextTurn();
  }
}

/** SQLite's planner would look at all rows of the condition to find those with these keys, so it gets the rows themselves. */
function byRow(table: string, where: Condition): RawBuilder<unknown> {
  const rows = sql.table(table);
  return sql`delete from ${rows} where rowid in (
    select rowid from ${rows} where ${where} limit ${sql.lit(BATCH_ROWS)})`;
}

/**
 * Rows of PostgreSQL are locked, so that they stay as they were found, and then deleted by their keys alone. With the condition beside the
 * keys, its planner may compare every row with the whole batch.
 */
function byKey(table: string, key: readonly string[], where: Condition): RawBuilder<unknown> {
  const rows = sql.table(table);
  const columns = sql.join(key.map((column) => sql.ref(column)));
  const batch = sql`select ${columns} from ${rows} where ${where} limit ${sql.lit(BATCH_ROWS)} for update`;
  const same = key.map((column) => sql`${sql.ref(`${table}.${column}`)} = ${sql.ref(`batch.${column}`)}`);
  return sql`with batch as materialized (${batch}) delete from ${rows} using batch where ${sql.join(same, sql` and `)}`;
}

/**
 * Deletes those rows of a range that a condition finds only by looking at each, a bounded number with each statement.
 * @param column by which the range is walked, with few rows of one value; an index has to begin with what `range` compares, and then it
 * @param after where the walk begins: below every value
 */
export async function deleteWhileScanning<Table extends keyof Tables & string>(
  db: Kysely<Tables>,
  table: Table,
  column: keyof Tables[Table] & string,
  { after, range = sql<SqlBool>`1 = 1`, where }: { after: string | number; range?: Condition; where: Condition },
): Promise<void> {
  const [rows, walked] = [sql.table(table), sql.ref(column)];
  for (let from = after; ; await nextTurn()) {
    const batch = sql<{ value: string | number }>`select ${walked} as value from ${rows}
      where ${range} and ${walked} > ${from} order by ${walked} limit 1 offset ${sql.lit(BATCH_ROWS - 1)}`;
    const [last] = (await batch.execute(db)).rows;
    const end = last ? sql<SqlBool>`${walked} <= ${last.value}` : sql<SqlBool>`1 = 1`;
    await sql`delete from ${rows} where ${range} and ${walked} > ${from} and ${end} and ${where}`.execute(db);
    if (!last) return;
    from = last.value;
  }
}
