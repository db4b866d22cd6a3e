import assert from 'node:assert/strict';
import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { migrate, openDatabase } from './database.ts';
import { createStorage } from './index.ts';

const modesIn = (dataDir: string) =>
  readdirSync(dataDir).map((name) => `${name} ${(statSync(join(dataDir, name)).mode & 0o777).toString(8)}`);

describe('the files of SQLite', () => {
  it('are for their owner alone, whatever the folder and the umask, also those of an earlier version', async () => {
    const dataDir = temporaryDirectory();
    chmodSync(dataDir, 0o755);
    const umask = process.umask(0);
    try {
      const file = join(dataDir, 'platform.sqlite');
      for (const prepare of [
        () => {},
        () => chmodSync(file, 0o644),
        () => writeFileSync(`${file}-wal`, '', { mode: 0o666 }),
      ]) {
        prepare();
        const database = openDatabase({ databaseUrl: undefined, dataDir });
        await migrate(database.db);
        assert.deepEqual(modesIn(dataDir).sort(), [
          'platform.sqlite 600',
          'platform.sqlite-shm 600',
          'platform.sqlite-wal 600',
        ]);
        await database.close();
      }
    } finally {
      process.umask(umask);
    }
  });
});

describe('reads on SQLite', () => {
  it('do not wait for a transaction of this process, and see what was committed before', async () => {
    const database = openDatabase({ databaseUrl: undefined, dataDir: temporaryDirectory() });
    await migrate(database.db);
    const storage = createStorage(database);
    await storage.secrets.ensure('before');
    const names = async () =>
      (await database.db.selectFrom('secrets').select('name').execute()).map(({ name }) => name);
    await storage.transaction(async (within) => {
      await within.secrets.ensure('within');
      assert.deepEqual(await names(), ['before']);
    });
    assert.deepEqual((await names()).sort(), ['before', 'within']);
    await database.close();
  });
});

describe('a disk that cannot be written', () => {
  it('is told by every attempt until a write succeeds, and a failed transaction leaves the next one alone', async () => {
    const database = openDatabase({ databaseUrl: undefined, dataDir: temporaryDirectory() });
    await migrate(database.db);
    const { db, health } = database;
    const { secrets } = createStorage(database);
    await sql`pragma query_only = on`.execute(db);
    await assert.rejects(secrets.ensure('refused'), { errcode: 8 });
    assert.equal(health.diskProblem, 'read_only');
    await assert.rejects(database.ping(), { errcode: 8 });
    assert.equal(health.problems.get('read_only'), 2);
    await sql`pragma query_only = off`.execute(db);
    await database.ping();
    assert.equal(health.diskProblem, undefined);
    await secrets.ensure('accepted');

    const pages = Object.values((await sql<object>`pragma page_count`.execute(db)).rows[0] ?? {})[0];
    await sql.raw(`pragma max_page_count = ${pages}`).execute(db);
    await assert.rejects(
      db
        .insertInto('secrets')
        .values({ name: 'large', value: 'x'.repeat(100_000), created_at: 0 })
        .execute(),
      { errcode: 13 },
    );
    assert.equal(health.diskProblem, 'full');
    await assert.rejects(database.ping(), { errcode: 13 });
    await sql`pragma max_page_count = 1000000`.execute(db);
    await database.ping();
    assert.deepEqual(
      (await db.selectFrom('secrets').select('name').execute()).map(({ name }) => name),
      ['accepted'],
    );
    await database.close();
  });
});
