import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { hashPassword } from '../../server/domain/accounts/passwords.ts';
import type { AppSecrets } from '../../server/storage/app-environments.ts';
import { type Database, migrate, openDatabase } from '../../server/storage/database.ts';
import { createStorage } from '../../server/storage/index.ts';
import { migrations } from '../../server/storage/migrations/index.ts';
import type { Tables } from '../../server/storage/tables.ts';
import type { PostgresCluster } from '../../server/storage/testing/postgres.ts';
import { addCrowd } from './crowd.ts';
import { type makeModel, ORIGIN, PASSWORD } from './model.ts';
import { openPostgresForCrowd, openSqliteForCrowd } from './open-for-crowd.ts';

/** The crowd is made in the schema before it, so that the migrations from it on are measured with a full database. */
const MIGRATED_BEFORE = '031-widget-versions';
/** Real accounts among the crowd, who come back to the popup. */
export const REGULARS = 8;
export const emailOfRegular = (number: number) => `regular-${number}@example.com`;

export type Engine = 'sqlite' | 'postgres';

/** A database with a crowd in it. */
export interface Installation {
  readonly engine: Engine;
  readonly users: number;
  readonly settings: { databaseUrl: string | undefined; dataDir: string };
  readonly app: AppSecrets;
  readonly database: Database;
  readonly made: Omit<Made, 'app'>;
  remove(): Promise<void>;
}

interface Made {
  readonly app: AppSecrets;
  readonly crowdMs: number;
  readonly migrationMs: number;
  readonly bytes: number;
}

/** @param keptIn a directory where SQLite's files stay, and are found the next time */
export async function makeInstallation(
  engine: Engine,
  users: number,
  model: Awaited<ReturnType<typeof makeModel>>,
  { cluster, keptIn }: { cluster?: PostgresCluster | undefined; keptIn?: string | undefined },
): Promise<Installation> {
  const isKept = keptIn !== undefined && engine === 'sqlite';
  const dataDir = isKept ? join(keptIn, String(users)) : mkdtempSync(join(tmpdir(), 'platform-flat-'));
  mkdirSync(dataDir, { recursive: true });
  const settings = { databaseUrl: await cluster?.createDatabase(), dataDir };
  const { app, ...made } = await madeOnce(join(dataDir, 'made.json'), () => make(settings, users, model));
  const database = openDatabase(settings);
  return {
    engine,
    users,
    settings,
    app,
    database,
    made,
    remove: async () => {
      await database.close();
      if (!isKept) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function madeOnce(note: string, make: () => Promise<Made>): Promise<Made> {
  if (existsSync(note)) return JSON.parse(readFileSync(note, 'utf8')) as Made;
  const made = await make();
  writeFileSync(note, JSON.stringify(made));
  return made;
}

async function make(
  settings: Installation['settings'],
  users: number,
  model: Awaited<ReturnType<typeof makeModel>>,
): Promise<Made> {
  const file = join(settings.dataDir, 'platform.sqlite');
  const crowdDb = settings.databaseUrl ? openPostgresForCrowd(settings.databaseUrl) : openSqliteForCrowd(file);
  await migrateTo(crowdDb, MIGRATED_BEFORE);
  const app = await createStorage({ db: crowdDb }).apps.create({
    name: 'Crowded Shop',
    environment: 'production',
    origins: [ORIGIN],
  });
  const grant = model.grant.replaceAll(model.ownClientId, app.clientId);
  const session = model.session.replaceAll(model.ownClientId, app.clientId);
  const startedMs = performance.now();
  await addCrowd(crowdDb, { ...model, grant, session, clientId: app.clientId }, users);
  const crowdMs = performance.now() - startedMs;
  await crowdDb.destroy();
  console.error(`made ${users} users in ${(crowdMs / 1000).toFixed(0)} s`);

  const database = openDatabase(settings);
  const migratedMs = performance.now();
  await migrate(database.db);
  const migrationMs = performance.now() - migratedMs;
  console.error(`migrated in ${(migrationMs / 1000).toFixed(0)} s`);
  const passwordHash = await hashPassword(PASSWORD);
  const { accounts } = createStorage(database).realm('production');
  for (let number = 0; number < REGULARS; number += 1)
    await accounts.create({ email: emailOfRegular(number), emailVerified: true, passwordHash, givenName: 'Rita' });
  const bytes = await sizeOf(database, file);
  await database.close();
  return { app, crowdMs, migrationMs, bytes };
}

async function migrateTo(db: Kysely<Tables>, name: string): Promise<void> {
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateTo(name);
  if (error) throw error;
}

async function sizeOf({ db, pool }: Database, file: string): Promise<number> {
  if (!pool) {
    await sql`pragma wal_checkpoint(truncate)`.execute(db);
    return statSync(file).size;
  }
  const { rows } = await sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`.execute(db);
  return rows[0]?.bytes ?? Number.NaN;
}
