import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type Kysely, sql, type Transaction } from 'kysely';

const MAX_ATTEMPTS = 6;
const BASE_DELAY_MS = 10;

/** Serialization failure, deadlock, and two sessions creating the same thing at once (PostgreSQL); busy and locked (SQLite). */
const RETRYABLE_SQLSTATES = new Set(['40001', '40P01']);
const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;

export function isRetryable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, errcode } = error as Error & { code?: string; errcode?: number };
  // The low byte is the kind; above it stands why, such as SQLITE_BUSY_SNAPSHOT.
  const sqliteKind = (errcode ?? 0) & 0xff;
  return RETRYABLE_SQLSTATES.has(code ?? '') || sqliteKind === SQLITE_BUSY || sqliteKind === SQLITE_LOCKED;
}

/** Connection lost or never made; the server starting, stopping or full (PostgreSQL's classes 08, 57P and 53300). */
const OUT_OF_REACH = /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|08\w{3}|57P0[123]|53300)$/;

/** True when the database cannot be reached at the moment: whoever asks may come back. */
export function isOutOfReach(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as Error & { code?: unknown };
  if (typeof code === 'string' && OUT_OF_REACH.test(code)) return true;
  // What pg's pool and client say without a code.
  return /^(Connection terminated|timeout exceeded when trying to connect)/.test(error.message);
}

/** True when an insert or update met a unique index that another row already holds. */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, errcode } = error as Error & { code?: string; errcode?: number };
  const SQLITE_CONSTRAINT_UNIQUE = 2067;
  const SQLITE_CONSTRAINT_PRIMARYKEY = 1555;
  return code === '23505' || errcode === SQLITE_CONSTRAINT_UNIQUE || errcode === SQLITE_CONSTRAINT_PRIMARYKEY;
}

/**
 * Runs `work` until it commits, a few times at most, with a growing random pause: engines that isolate by conflict ask for exactly this.
 * `work` must touch nothing but the transaction. Within a transaction it is a part of that one: what it did is undone by itself when it
 * fails, and the outer one is what is run again.
 */
export async function transaction<Tables, Result>(
  db: Kysely<Tables>,
  work: (transaction: Transaction<Tables>) => Promise<Result>,
  retryable: (error: unknown) => boolean = isRetryable,
): Promise<Result> {
  if (db.isTransaction) return partOf(db as Transaction<Tables>, work);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (attempt >= MAX_ATTEMPTS || !retryable(error)) throw error;
      await delay(randomInt(BASE_DELAY_MS * 2 ** attempt) + 1);
    }
  }
}

async function partOf<Tables, Result>(
  db: Transaction<Tables>,
  work: (transaction: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  await sql`savepoint part`.execute(db);
  try {
    const result = await work(db);
    await sql`release savepoint part`.execute(db);
    return result;
  } catch (error) {
    await sql`rollback to savepoint part`.execute(db);
    throw error;
  }
}
