import { mkdtempSync, rmSync, statSync } from 'node:fs';
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
  readonly made: { crowdMs: number; migrationMs: number; bytes: number };
  remove(): Promise<void>;
}

export async function makeInstallation(
  engine: Engine,
  users: number,
  model: Awaited<ReturnType<typeof makeModel>>,
  cluster: PostgresCluster | undefined,
): Promise<Installation> {
  const dataDir = mkdtempSync(join(tmpdir(), 'platform-flat-'));
  const settings = { databaseUrl: await cluster?.createDatabase(), dataDir };
  const file = join(dataDir, 'platform.sqlite');
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

  const database = openDatabase(settings);
  const migratedMs = performance.now();
  await migrate(database.db);
  const migrationMs = performance.now() - migratedMs;
  const passwordHash = await hashPassword(PASSWORD);
  const { accounts } = createStorage(database).realm('production');
  for (let number = 0; number < REGULARS; number += 1)
    await accounts.create({ email: emailOfRegular(number), emailVerified: true, passwordHash, givenName: 'Rita' });
  return {
    engine,
    users,
    settings,
    app,
    database,
    made: { crowdMs, migrationMs, bytes: await sizeOf(database, file) },
    remove: async () => {
      await database.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
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
