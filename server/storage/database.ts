import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Pool } from 'pg';
import type { Bound } from '../load/bound.ts';
import { codesOf, isRetryable, isUniqueViolation, WriteLockTimeoutError } from './database-errors.ts';
import { DatabaseHealth } from './database-health.ts';
import { LaterDatabaseError, readMigrationState } from './migration-state.ts';
import { migrations } from './migrations/index.ts';
import { PostgresKysely } from './postgres.ts';
import { SqliteKysely } from './sqlite.ts';
import type { Tables } from './tables.ts';
import { transaction } from './transaction.ts';

/** What may run short. What an engine does not have is undefined. */
export interface DatabaseFigures {
  readonly connections?: { readonly used: number; readonly idle: number; readonly waiting: number };
  readonly writesWaiting?: number;
  readonly keptRows?: { readonly hits: number; readonly misses: number };
}

export interface Database {
  readonly db: Kysely<Tables>;
  /** The connections themselves, for libraries that keep tables of their own; undefined on SQLite. */
  readonly pool: Pool | undefined;
  readonly health: DatabaseHealth;
  figures(): DatabaseFigures;
  /** Who waits in this process for the database. */
  lines(): Readonly<Record<string, Bound>>;
  /**
   * Reads. Once the disk could not be written, it also writes, to see whether that works again.
   * @throws when the database is out of reach
   */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Opens PostgreSQL when a URL is given, else the SQLite file `platform.sqlite` in `dataDir`. */
export function openDatabase(settings: { databaseUrl: string | undefined; dataDir: string }): Database {
  const health = new DatabaseHealth();
  const db = settings.databaseUrl
    ? new PostgresKysely(settings.databaseUrl, health)
    : new SqliteKysely(join(settings.dataDir, 'platform.sqlite'), health);
  return {
    db,
    pool: db instanceof PostgresKysely ? db.pool : undefined,
    health,
    figures: () => figuresOf(db),
    lines: () => db.lines,
    ping: async () => {
      // A connection of PostgreSQL's pool would be waited for behind everybody who needs one.
      if (db instanceof PostgresKysely) await db.committed.ping();
      else await sql`select 1`.execute(db);
      if (health.diskProblem) await tryToWrite(db);
    },
    close: () => db.destroy(),
  };
}

function figuresOf(db: PostgresKysely | SqliteKysely): DatabaseFigures {
  if (db instanceof SqliteKysely) {
    const { writers, statements } = db.lines;
    return { writesWaiting: writers.size + statements.size, keptRows: db.committed.counts };
  }
  const { totalCount, idleCount, waitingCount } = db.pool;
  return { connections: { used: totalCount - idleCount, idle: idleCount, waiting: waitingCount } };
}

/** More than a page, so that it needs room, and not just a page that is free by chance. */
const TRIAL_BYTES = 16 * 1024;

/** Writes to the disk and leaves nothing behind. */
function tryToWrite(db: Kysely<Tables>): Promise<void> {
  return transaction(db, async (trx) => {
    const name = 'trial of the disk';
    await trx
      .insertInto('secrets')
      .values({ name, value: 'x'.repeat(TRIAL_BYTES), created_at: 0 })
      .execute();
    await trx.deleteFrom('secrets').where('name', '=', name).execute();
  });
}

/**
 * Besides a unique violation, PostgreSQL reports these when another process creates the same tables at the same moment: duplicate_table,
 * then in_failed_sql_transaction, because the migrator queries once more within the failed transaction.
 */
const MIGRATED_ELSEWHERE = new Set(['42P07', '25P02']);

/**
 * Brings the schema up to date, all or nothing. Safe when several processes of one version start at once.
 * @returns the names of the migrations that ran
 * @throws LaterDatabaseError when a later version has used the database
 */
export async function migrate(db: Kysely<Tables>): Promise<string[]> {
  if (!(db instanceof PostgresKysely)) return runMigrations(db);
  // A migration of a large table takes longer than a request may.
  const patient = db.patient();
  try {
    return await runMigrations(patient);
  } finally {
    await patient.destroy();
  }
}

function runMigrations(db: Kysely<Tables>): Promise<string[]> {
  return transaction(
    db,
    async (trx) => {
      const { unknown } = await readMigrationState(trx);
      if (unknown.length > 0) throw new LaterDatabaseError(unknown);
      const migrator = new Migrator({ db: trx, provider: { getMigrations: async () => migrations } });
      const { error, results } = await migrator.migrateToLatest();
      if (error) throw error;
      return (results ?? []).map((result) => result.migrationName);
    },
    (error) =>
      isRetryable(error) ||
      isUniqueViolation(error) ||
      error instanceof WriteLockTimeoutError ||
      MIGRATED_ELSEWHERE.has(codesOf(error).code),
  );
}
