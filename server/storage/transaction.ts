import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type Kysely, sql, type Transaction } from 'kysely';
import { isRetryable } from './database-errors.ts';

const MAX_ATTEMPTS = 6;
const BASE_DELAY_MS = 10;

/**
 * Runs `work` until it commits, a few times at most, with a growing random pause, because engines may abort a transaction that conflicts
 * with another one. `work` must touch nothing but the transaction. A nested call becomes a savepoint of the outer transaction: when it
 * fails, only its own writes are undone, and only the outer transaction is run again.
 */
export async function transaction<Tables, Result>(
  db: Kysely<Tables>,
  work: (transaction: Transaction<Tables>) => Promise<Result>,
  retryable: (error: unknown) => boolean = isRetryable,
): Promise<Result> {
  if (db.isTransaction) return partOf(db as Transaction<Tables>, work);
  return repeated(() => db.transaction().execute(work), retryable);
}

/** Runs what leaves nothing behind when it fails until it does not, a few times at most, with a growing random pause. */
export async function repeated<Result>(run: () => Promise<Result>, retryable = isRetryable): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
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
