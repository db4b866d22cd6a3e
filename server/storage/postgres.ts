import { type Kysely, PostgresAdapter, PostgresDialect, sql } from 'kysely';
import pg from 'pg';

const INT8_OID = 20;
const MAX_CONNECTIONS = 10;
const CONNECTION_TIMEOUT_MS = 5_000;

/** A pool that returns `bigint` columns as numbers, because ours hold milliseconds, far below 2^53. */
export function createPool(url: string): pg.Pool {
  return new pg.Pool({
    connectionString: url,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        oid === INT8_OID ? Number : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
    },
  });
}

export class PortablePostgresDialect extends PostgresDialect {
  override createAdapter(): PostgresAdapter {
    return new RowLockAdapter();
  }
}

/** Migrations take a row lock instead of an advisory lock, which PostgreSQL-compatible distributed engines lack. */
class RowLockAdapter extends PostgresAdapter {
  override async acquireMigrationLock(
    db: Kysely<unknown>,
    options: { lockTable: string; lockRowId: string },
  ): Promise<void> {
    await sql`select id from ${sql.table(options.lockTable)} where id = ${options.lockRowId} for update`.execute(db);
  }

  override async releaseMigrationLock(): Promise<void> {
    // The lock ends with the transaction.
  }
}
