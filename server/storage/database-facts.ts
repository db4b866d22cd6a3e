import { type Kysely, sql } from 'kysely';
import type { Database } from './database.ts';
import { type MigrationState, readMigrationState } from './migration-state.ts';
import type { Tables } from './tables.ts';

export interface DatabaseFacts extends MigrationState {
  readonly engine: 'PostgreSQL' | 'SQLite';
  readonly version: string;
  readonly postgres?: PostgresFacts;
}

export interface PostgresFacts {
  /** The database's own clock, in milliseconds since the epoch. */
  readonly nowMs: number;
  /** When it was read, by the clock of this machine. */
  readonly readAtMs: number;
  /** Whether our connection is encrypted. */
  readonly isEncrypted: boolean;
  readonly isSuperuser: boolean;
  /** Where only reading is possible. */
  readonly isStandby: boolean;
  readonly encoding: string;
  readonly maxConnections: number;
  /** Settings without which a power cut loses what was acknowledged, with their values. */
  readonly durability: Readonly<Record<string, string>>;
}

const DURABILITY = ['fsync', 'full_page_writes', 'synchronous_commit'] as const;

/** Reads, and migrates nothing. @throws when the database is out of reach */
export async function readDatabaseFacts({ db, pool }: Pick<Database, 'db' | 'pool'>): Promise<DatabaseFacts> {
  const state = await readMigrationState(db);
  if (!pool) return { engine: 'SQLite', version: await askFor(db, sql`sqlite_version()`), ...state };
  const version = await askFor(db, sql`current_setting('server_version')`);
  return { engine: 'PostgreSQL', version, ...state, postgres: await readPostgresFacts(db) };
}

async function readPostgresFacts(db: Kysely<Tables>): Promise<PostgresFacts> {
  // Engines that are compatible with PostgreSQL lack some of these, so that each is asked for apart.
  const setting = (name: string) => askFor(db, sql`current_setting(${name}, true)`);
  const durability: Record<string, string> = {};
  for (const name of DURABILITY) durability[name] = await setting(name);
  return {
    nowMs: Number(await askFor(db, sql`extract(epoch from clock_timestamp()) * 1000`)),
    readAtMs: Date.now(),
    isEncrypted: await isTrue(db, sql`(select ssl from pg_stat_ssl where pid = pg_backend_pid())`),
    isSuperuser: await isTrue(db, sql`(select rolsuper from pg_roles where rolname = current_user)`),
    isStandby: await isTrue(db, sql`pg_is_in_recovery()`),
    encoding: await setting('server_encoding'),
    maxConnections: Number(await setting('max_connections')),
    durability,
  };
}

async function isTrue(db: Kysely<Tables>, expression: ReturnType<typeof sql>): Promise<boolean> {
  return (await askFor(db, expression).catch(() => 'false')) === 'true';
}

async function askFor(db: Kysely<Tables>, expression: ReturnType<typeof sql>): Promise<string> {
  const { rows } = await sql<{ value: unknown }>`select ${expression} as value`.execute(db);
  return String(rows[0]?.value ?? '');
}
