import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** Tables of work that waits, whose `due_at` says when a row may be taken next. */
type LeasedTable = 'mails' | 'jobs' | 'webhook_deliveries';

/** Work that one process has taken. `leasedUntil` proves it: whoever takes the row later gives it another. */
export interface Lease {
  readonly id: string;
  leasedUntil: number;
}

/** How far a queue is counted, so that a long one costs little more than a short one. */
const MAX_COUNTED = 10_000;

/** How many of the first in line are looked at, because several processes look at the same ones. */
const CANDIDATES = 8;

/**
 * Takes the row that has been due for longest, for `leaseMs`. Only one process gets it; if that process dies, another gets it after the
 * lease.
 * @param where which of the table's rows; an index has to lead to them
 */
export async function takeDue<Table extends LeasedTable>(
  db: Kysely<Tables>,
  table: Table,
  leaseMs: number,
  where = sql<SqlBool>`1 = 1`,
): Promise<Lease | undefined> {
  for (;;) {
    const now = Date.now();
    const rows = sql.table(table);
    const { rows: due } = await sql<{ id: string; due_at: number }>`select id, due_at from ${rows}
      where due_at <= ${now} and ${where} order by due_at limit ${sql.lit(CANDIDATES)}`.execute(db);
    if (due.length === 0) return undefined;
    for (const { id, due_at: dueAt } of due) {
      const leasedUntil = now + leaseMs;
      const { numAffectedRows } = await sql`update ${rows} set due_at = ${leasedUntil}, attempts = attempts + 1
        where id = ${id} and due_at = ${dueAt}`.execute(db);
      if (numAffectedRows === 1n) return { id, leasedUntil };
      // Another process has taken this one; the next may be free.
    }
  }
}

/** Prolongs a lease, so that nobody else takes what is still being worked on. @returns false when somebody else has it by now */
export async function renewLease(
  db: Kysely<Tables>,
  table: LeasedTable,
  lease: Lease,
  leaseMs: number,
): Promise<boolean> {
  const leasedUntil = Date.now() + leaseMs;
  const { numAffectedRows } = await sql`update ${sql.table(table)} set due_at = ${leasedUntil}
    where id = ${lease.id} and due_at = ${lease.leasedUntil}`.execute(db);
  if (numAffectedRows !== 1n) return false;
  lease.leasedUntil = leasedUntil;
  return true;
}

/** What waits to be done in a table. */
export interface Queue {
  /** Counted to 10 000. */
  readonly waiting: number;
  /** When the first of them was stored. */
  readonly oldest: Date | undefined;
}

/** @param where which of the table's rows; an index has to lead to them */
export async function queueOf(db: Kysely<Tables>, table: LeasedTable, where = sql<SqlBool>`1 = 1`): Promise<Queue> {
  const { rows } = await sql<{ waiting: number | bigint | string; oldest: number | null }>`
    select count(*) as waiting, min(created_at) as oldest from (
      select created_at from ${sql.table(table)} where due_at is not null and ${where} order by due_at
      limit ${sql.lit(MAX_COUNTED)}
    ) as first_due`.execute(db);
  const [{ waiting, oldest } = { waiting: 0, oldest: null }] = rows;
  return { waiting: Number(waiting), oldest: oldest === null ? undefined : new Date(Number(oldest)) };
}
