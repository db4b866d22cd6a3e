import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { readDatabaseFacts } from '../storage/database-facts.ts';
import { createTestDatabase, type Engine, type TestDatabase } from '../storage/testing/engines.ts';
import { bareEnvironment } from '../testing/bare-environment.ts';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { dumpDatabase, FIXTURE_VERSIONS, restoreDatabase, restoreFixture } from './testing/fixtures.ts';
import { type Installation, openInstallation } from './testing/installation.ts';
import { openShop, signIn, signUpInPopup } from './testing/visits.ts';
import type { World } from './testing/world.ts';

/**
 * The steps of docs/operate.md, with the database that a version has left behind: backup, new version, and the way back. The programs of
 * earlier versions are not here, so that the way back ends with their database, row by row.
 */

/** A copy that can be put back. */
interface Copy {
  restore(): Promise<TestDatabase>;
}

const PLATFORM = fileURLToPath(new URL('../delivery/cli/platform.ts', import.meta.url));

/** As `platform db backup` of the next version makes it, which may be installed already, and as the page says that it is restored. */
async function backUpSqlite(database: TestDatabase): Promise<Copy> {
  const { dataDir } = database.settings;
  const copy = join(temporaryDirectory(), 'backup.sqlite');
  const env = bareEnvironment({ DATA_DIR: dataDir });
  await promisify(execFile)(process.execPath, [PLATFORM, 'db', 'backup', copy], { env });
  return {
    restore: async () => {
      const file = join(dataDir, 'platform.sqlite');
      copyFileSync(copy, file);
      for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
      return database;
    },
  };
}

/** In place of `pg_dump` and `pg_restore`, which come with the client tools of the same version, the fixtures' own. */
async function backUpPostgres(database: TestDatabase): Promise<Copy> {
  const sql = await dumpDatabase(database);
  return {
    restore: async () => {
      const empty = await createTestDatabase('PostgreSQL');
      await restoreDatabase(empty, sql);
      return empty;
    },
  };
}

async function factsOf(database: TestDatabase) {
  const opened = database.open();
  try {
    return await readDatabaseFacts(opened);
  } finally {
    await opened.close();
  }
}

/** Whether somebody who had an account before gets in, and to the shop. */
async function knowsAda(installation: Installation, { emails, password, environments }: World): Promise<void> {
  const browser = installation.browser();
  assert.equal((await signIn(browser, { email: emails.ada, password })).url.pathname, '/account');
  assert.equal((await openShop(browser, environments.production)).claims['sub'], environments.production.sub);
}

const linesOf = (sql: string) => sql.split('\n').sort();

function rehearse(version: string, engine: Engine): void {
  describe(`the upgrade from ${version}, ${engine}, as docs/operate.md has it`, () => {
    it('keeps what there was, and leads back to it', async (test) => {
      const { database, world } = await restoreFixture(version, engine);
      test.after(() => database.remove());
      const before = await dumpDatabase(database);
      const { pending } = await factsOf(database);
      const copy = await (engine === 'SQLite' ? backUpSqlite : backUpPostgres)(database);
      assert.deepEqual((await factsOf(database)).pending, pending, 'a backup migrates nothing');

      const upgraded = await openInstallation(database.settings);
      await knowsAda(upgraded, world);
      const email = 'since-the-upgrade@example.com';
      const person = { given_name: 'Nina', family_name: 'Newton', email, password: world.password };
      const newcomer = upgraded.browser();
      await signUpInPopup(newcomer, await openShop(newcomer, world.environments.production), person);
      await upgraded.close();
      assert.deepEqual((await factsOf(database)).pending, []);

      const restored = await copy.restore();
      if (restored !== database) test.after(() => restored.remove());
      assert.deepEqual(linesOf(await dumpDatabase(restored)), linesOf(before), 'the earlier version has what it left');
      assert.deepEqual((await factsOf(restored)).pending, pending);

      const again = await openInstallation(restored.settings);
      await knowsAda(again, world);
      const { url } = await signIn(again.browser(), { email, password: world.password });
      assert.equal(url.pathname, '/account/sign-in', 'what happened since the backup is lost');
      await again.close();
    });
  });
}

const latest = FIXTURE_VERSIONS.at(-1);
for (const version of FIXTURE_VERSIONS) rehearse(version, 'SQLite');
if (latest !== undefined) rehearse(latest, 'PostgreSQL');
