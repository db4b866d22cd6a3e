import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { type Kysely, PostgresAdapter, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** Rows that one statement of a bulk act deletes, or looks at, at most. */
export const BATCH_ROWS = 200;
/** What it takes. They are few, because each is a part of the statement's text: a planner has to know how far it goes. */
const STEPS = [3, 10, 25, 50, 100, BATCH_ROWS];
const FIRST_STEP = 3;
/** What a statement should take at most. Half of what a person, or another writer, may be kept waiting. */
const AIM_MS = 25;
/** Nobody notices a turn of less. */
const REST_FROM_MS = 5;

/**
 * How many rows the next statement of a bulk act takes. On SQLite a statement stops the event loop for its whole length, and on PostgreSQL
 * it keeps locks. How long that is depends on where the rows lie: 200 of a small table take two milliseconds, and 200 among ten million,
 * whose pages are not in memory, as long as a disk needs for a thousand of them.
 */
class Pace {
  #step = FIRST_STEP;
  #tookMs = 0;

  get rows(): number {
    return STEPS[this.#step] ?? BATCH_ROWS;
  }

  /** Does a batch, and learns from it. */
  async take<Result>(batch: () => Promise<Result>): Promise<Result> {
    const began = performance.now();
    const result = await batch();
    this.#tookMs = performance.now() - began;
    const fits = (step: number) => (this.#tookMs / this.rows) * (STEPS[step] ?? Number.POSITIVE_INFINITY) <= AIM_MS;
    let next = this.#step + 1;
    while (next > 0 && !fits(next)) next -= 1;
    this.#step = next;
    return result;
  }

  /** As long as the last batch took, when that is long enough to be noticed: others have half of the time then. */
  async rest(): Promise<void> {
    await (this.#tookMs < REST_FROM_MS ? nextTurn() : delay(this.#tookMs));
  }
}

type Condition = RawBuilder<SqlBool>;

/** The columns of a table's primary key. */
type KeyOf<Table extends keyof Tables> = readonly (keyof Tables[Table] & string)[];

/**
 * Deletes rows, a bounded number with each statement, and rests in between. Each batch counts by itself: whoever stops in
 * the middle begins again with what is left.
 * @param where has to be cheap to find rows by: an index has to lead to them
 * @param order the column that follows in that index, where many rows may fit. Without it PostgreSQL, to which any rows will do, reads the
 *   table from its begin, where those are that the batches before have deleted
 * @returns how many rows were deleted
 */
export async function deleteInBatches<Table extends keyof Tables & string>(
  db: Kysely<Tables>,
  table: Table,
  key: KeyOf<Table>,
  where: Condition,
  order?: keyof Tables[Table] & string,
): Promise<number> {
  const found = order === undefined ? where : sql<SqlBool>`${where} order by ${sql.ref(order)}`;
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  const pace = new Pace();
  for (let deleted = 0; ; await pace.rest()) {
    const { rows } = pace;
    const statement = isPostgres ? byKey(table, key, found, rows) : byRow(table, found, rows);
    const { numAffectedRows = 0n } = await pace.take(() => statement.execute(db));
    deleted += Number(numAffectedRows);
    if (numAffectedRows < rows) return deleted;
  }
}

/**
 * Changes rows, a bounded number with each statement, and rests in between.
 * @param where finds no row any more once it is changed; an index has to lead to them
 */
export async function updateInBatches<Table extends keyof Tables & string>(
  db: Kysely<Tables>,
  table: Table,
  key: KeyOf<Table>,
  values: { [Column in keyof Tables[Table] & string]?: string | number | null },
  where: Condition,
): Promise<void> {
  const changed = sql.table(table);
  const changes = sql.join(Object.entries(values).map(([column, value]) => sql`${sql.ref(column)} = ${value}`));
  const columns = sql.join(key.map((column) => sql.ref(column)));
  const pace = new Pace();
  for (;;) {
    const { rows } = pace;
    const batch = sql`select ${columns} from ${changed} where ${where} limit ${sql.lit(rows)}`;
    const statement = sql`update ${changed} set ${changes} where (${columns}) in (${batch})`;
    const { numAffectedRows = 0n } = await pace.take(() => statement.execute(db));
    if (numAffectedRows < rows) return;
    await pace.rest();
  }
}

/** SQLite's planner would look at all rows of the condition to find those with these keys, so it gets the rows themselves. */
function byRow(table: string, where: Condition, limit: number): RawBuilder<unknown> {
  const rows = sql.table(table);
  return sql`delete from ${rows} where rowid in (
    select rowid from ${rows} where ${where} limit ${sql.lit(limit)})`;
}

/**
 * Rows of PostgreSQL are locked, so that they stay as they were found, and then deleted by their keys alone. With the condition beside the
 * keys, its planner may compare every row with the whole batch.
 */
function byKey(table: string, key: readonly string[], where: Condition, limit: number): RawBuilder<unknown> {
  const rows = sql.table(table);
  const columns = sql.join(key.map((column) => sql.ref(column)));
  const batch = sql`select ${columns} from ${rows} where ${where} limit ${sql.lit(limit)} for update`;
  const same = key.map((column) => sql`${sql.ref(`${table}.${column}`)} = ${sql.ref(`batch.${column}`)}`);
  return sql`with batch as materialized (${batch}) delete from ${rows} using batch where ${sql.join(same, sql` and `)}`;
}

/**
 * Deletes those rows of a range that a condition finds only by looking at each, a bounded number with each statement. Rests in between.
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
  const pace = new Pace();
  for (let from = after; ; await pace.rest()) {
    const batch = sql<{ value: string | number }>`select ${walked} as value from ${rows}
      where ${range} and ${walked} > ${from} order by ${walked} limit 1 offset ${sql.lit(pace.rows - 1)}`;
    const last = await pace.take(async () => {
      const [end] = (await batch.execute(db)).rows;
      const upTo = end ? sql<SqlBool>`${walked} <= ${end.value}` : sql<SqlBool>`1 = 1`;
      await sql`delete from ${rows} where ${range} and ${walked} > ${from} and ${upTo} and ${where}`.execute(db);
      return end;
    });
    if (!last) return;
    from = last.value;
  }
}
