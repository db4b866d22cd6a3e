import { DatabaseSync } from 'node:sqlite';
import { Kysely, PostgresDialect, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import pg from 'pg';
import { DatabaseHealth } from '../../server/storage/database-health.ts';
import { SqliteConnection } from '../../server/storage/sqlite-connection.ts';
import { SqliteDriver } from '../../server/storage/sqlite-driver.ts';
import type { Tables } from '../../server/storage/tables.ts';

/** SQLite that neither waits for the disk nor can go back, with two gigabytes of memory, without references to check. */
export function openSqliteForCrowd(file: string): Kysely<Tables> {
  const open = () => {
    const database = new DatabaseSync(file, { enableForeignKeyConstraints: false });
    database.exec(
      'pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -2000000; pragma temp_store = memory',
    );
    return new SqliteConnection(database);
  };
  const driver = new SqliteDriver(() => ({ writer: open(), reader: open() }), new DatabaseHealth());
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => driver,
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
}

/** PostgreSQL without references to check. */
export function openPostgresForCrowd(connectionString: string): Kysely<Tables> {
  const options = '-c session_replication_role=replica -c maintenance_work_mem=1GB -c synchronous_commit=off';
  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString, options, max: 1 }) }),
  });
}
