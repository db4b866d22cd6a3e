import { type Kysely, sql } from 'kysely';
import { migrations } from './migrations/index.ts';
import type { Tables } from './tables.ts';

/** How a database's migrations compare with those of this version. */
export interface MigrationState {
  /** Those of this version that the database has not had. */
  readonly pending: readonly string[];
  /** Those that the database has had, and this version does not know. */
  readonly unknown: readonly string[];
}

/** Thrown when a later version has used the database: this one does not know what its tables mean, and must not write to them. */
export class LaterDatabaseError extends Error {
  override name = 'LaterDatabaseError';
  readonly code = 'LATER_DATABASE';

  constructor(unknown: readonly string[]) {
    super(`The database has been used by a later version, which has added ${unknown.join(', ')}`);
  }
}

/** Reads, and migrates nothing. */
export async function readMigrationState(db: Kysely<Tables>): Promise<MigrationState> {
  const done = await doneMigrations(db);
  return {
    pending: Object.keys(migrations).filter((name) => !done.includes(name)),
    unknown: done.filter((name) => !Object.hasOwn(migrations, name)),
  };
}

/** Names in the order in which they ran; none where there are no tables yet. */
async function doneMigrations(db: Kysely<Tables>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name);
}
