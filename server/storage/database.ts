import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Pool } from 'pg';
import { codesOf, isRetryable, isUniqueViolation } from './database-errors.ts';
import { migrations } from './migrations/index.ts';
import { createPool, PortablePostgresDialect } from './postgres.ts';
import { SqliteKysely } from './sqlite.ts';
import type { Tables } from './tables.ts';
import { transaction } from './transaction.ts';

export interface Database {
  readonly db: Kysely<Tables>;
  /** The connections themselves, for libraries that keep tables of their own; undefined on SQLite. */
  readonly pool: Pool | undefined;
  /** @throws when the database is out of reach */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Opens PostgreSQL when a URL is given, else the SQLite file `platform.sqlite` in `dataDir`. */
export function openDatabase(settings: { databaseUrl: string | undefined; dataDir: string }): Database {
  const pool = settings.databaseUrl ? createPool(settings.databaseUrl) : undefined;
  // A connection that the server drops must not end the process. The pool reports idle ones; a client in use reports its own, besides
  // rejecting the query. The pool opens another connection when it needs one.
  pool?.on('error', () => {});
  pool?.on('connect', (client) => client.on('error', () => {}));
  const db = pool
    ? new Kysely<Tables>({ dialect: new PortablePostgresDialect({ pool }) })
    : new SqliteKysely(join(settings.dataDir, 'platform.sqlite'));
  return {
    db,
    pool,
    ping: async () => void (await sql`select 1`.execute(db)),
    close: () => db.destroy(),
  };
}

/**
 * Besides a unique violation, PostgreSQL reports these when another process creates the same tables at the same moment: duplicate_table,
 * then in_failed_sql_transaction, because the migrator queries once more within the failed transaction.
 */
const MIGRATED_ELSEWHERE = new Set(['42P07', '25P02']);

/**
 * Brings the schema up to date, all or nothing. Safe when several processes start at once.
 * @returns the names of the migrations that ran
 */
export async function migrate(db: Kysely<Tables>): Promise<string[]> {
  return transaction(
    db,
    async (trx) => {
      const migrator = new Migrator({ db: trx, provider: { getMigrations: async () => migrations } });
      const { error, results } = await migrator.migrateToLatest();
      if (error) throw error;
      return (results ?? []).map((result) => result.migrationName);
    },
    (error) => isRetryable(error) || isUniqueViolation(error) || MIGRATED_ELSEWHERE.has(codesOf(error).code),
  );
}
