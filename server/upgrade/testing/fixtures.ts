import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTestDatabase, type Engine, type TestDatabase } from '../../storage/testing/engines.ts';
import { dumpPostgres, dumpSqlite, restorePostgres, restoreSqlite } from './dump.ts';
import { movedToNow } from './moved-to-now.ts';
import { type World, worldSchema } from './world.ts';

/** A folder for each released version, with a database of each engine and what is known of it. */
const FIXTURES = join(import.meta.dirname, '../fixtures');

export const FIXTURE_VERSIONS: readonly string[] = readdirSync(FIXTURES).sort();

export function fixtureFiles(version: string, engine: Engine): { sql: string; world: string } {
  const name = join(FIXTURES, version, engine.toLowerCase());
  return { sql: `${name}.sql`, world: `${name}.json` };
}

/** A database as a version left it half an hour ago, and what is known of it. */
export async function restoreFixture(
  version: string,
  engine: Engine,
): Promise<{ database: TestDatabase; world: World }> {
  const files = fixtureFiles(version, engine);
  const world = worldSchema.parse(JSON.parse(readFileSync(files.world, 'utf8')));
  const database = await createTestDatabase(engine);
  await restoreDatabase(database, movedToNow(readFileSync(files.sql, 'utf8'), new Date(world.made_at)));
  return { database, world };
}

/** The platform must have let go of it. */
export async function dumpDatabase({ settings }: TestDatabase): Promise<string> {
  return settings.databaseUrl ? dumpPostgres(settings.databaseUrl) : dumpSqlite(sqliteFile(settings.dataDir));
}

export async function restoreDatabase({ settings }: TestDatabase, sql: string): Promise<void> {
  if (settings.databaseUrl) await restorePostgres(settings.databaseUrl, sql);
  else restoreSqlite(sqliteFile(settings.dataDir), sql);
}

function sqliteFile(dataDir: string): string {
  return join(dataDir, 'platform.sqlite');
}
