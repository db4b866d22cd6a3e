import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { startTestPlatform, temporaryDirectory } from '../testing/test-platform.ts';
import { backUp } from './backup.ts';
import { migrate, openDatabase } from './database.ts';

/** Commits every millisecond. It does not wait for the disk, so that a slow one makes no pauses. */
const WRITER = `
  const { DatabaseSync } = require('node:sqlite');
  const database = new DatabaseSync(process.argv[1], { timeout: 60_000 });
  const insert = database.prepare("insert into secrets values ('secret ' || hex(randomblob(8)), hex(randomblob(100)), 0)");
  database.exec('pragma synchronous = off');
  insert.run();
  setInterval(() => insert.run(), 1);
  console.log('writing');
`;
/** 100 MB: a copy that begins again with each commit does not come to its end between two of them. */
const ROWS = 20_000;
const VALUE_BYTES = 5_000;
/** Far above what a copy takes. */
const TIMEOUT_MS = 30_000;

describe('a backup of SQLite', () => {
  it('ends while another process commits every millisecond, and a platform opens it', async (test) => {
    const dataDir = temporaryDirectory();
    const settings = { databaseUrl: undefined, dataDir };
    const database = openDatabase(settings);
    await migrate(database.db);
    const names = Array.from({ length: ROWS }, (_, row) => ({
      name: `${row}`,
      value: 'x'.repeat(VALUE_BYTES),
      created_at: 0,
    }));
    for (let start = 0; start < ROWS; start += 1_000) {
      await database.db
        .insertInto('secrets')
        .values(names.slice(start, start + 1_000))
        .execute();
    }
    await database.close();
    const writer = spawn(process.execPath, ['--eval', WRITER, join(dataDir, 'platform.sqlite')]);
    test.after(() => writer.kill());
    await once(writer.stdout, 'data');

    const restored = temporaryDirectory();
    const file = join(restored, 'backup');
    const { bytes } = await Promise.race([backUp(settings, file), delay(TIMEOUT_MS, { bytes: 0 }, { ref: false })]);
    assert.ok(bytes > ROWS * VALUE_BYTES, 'it has ended');
    assert.equal(writer.exitCode, null, 'the writer goes on');
    renameSync(file, join(restored, 'platform.sqlite'));
    const platform = await startTestPlatform({ DATA_DIR: restored });
    const { count } = await platform.database.db
      .selectFrom('secrets')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    assert.ok(count > ROWS);
    await platform.close();
  });
});
