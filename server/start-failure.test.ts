import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { explainStartFailure } from './start-failure.ts';
import { migrate, openDatabase } from './storage/database.ts';
import { temporaryDirectory } from './testing/temporary-directory.ts';

/** What a person reads when `work` fails as the platform starts. */
async function explanationOf(work: () => unknown): Promise<string | undefined> {
  try {
    await work();
  } catch (error) {
    return explainStartFailure(error);
  }
  throw new Error('it did not fail');
}

async function start(dataDir: string): Promise<void> {
  const database = openDatabase({ databaseUrl: undefined, dataDir });
  try {
    await migrate(database.db);
  } finally {
    await database.close();
  }
}

function newDirectory(): { dataDir: string; file: string } {
  const dataDir = temporaryDirectory();
  return { dataDir, file: join(dataDir, 'platform.sqlite') };
}

/** PostgreSQL's errors, of which only the code is read. */
function refusal(code: string, message: string): () => never {
  return () => {
    throw Object.assign(new Error(message), { code });
  };
}

describe('a start that fails because of the database', () => {
  it('says that the file is damaged, and what to do', async () => {
    const { dataDir, file } = newDirectory();
    writeFileSync(file, 'no database, but long enough to be read as one. '.repeat(500));
    const explanation = await explanationOf(() => start(dataDir));
    assert.match(explanation ?? '', /damaged.*file is not a database.*platform\.sqlite.*backup/s);
  });

  it('says so of a file that was cut off', async () => {
    const { dataDir, file } = newDirectory();
    await start(dataDir);
    const whole = readFileSync(file);
    writeFileSync(file, whole.subarray(0, whole.length / 2));
    assert.match((await explanationOf(() => start(dataDir))) ?? '', /damaged.*malformed.*backup/s);
  });

  it('says that nothing can be written', async () => {
    const { dataDir, file } = newDirectory();
    await start(dataDir);
    // Permissions do not stop root, who may run this.
    const database = new DatabaseSync(file, { readOnly: true });
    const explanation = await explanationOf(() => database.exec('create table another (id text)'));
    database.close();
    assert.match(explanation ?? '', /read-only.*attempt to write a readonly database.*platform\.sqlite.*DATA_DIR/s);
  });

  for (const [code, message, said] of [
    ['25006', 'cannot execute CREATE TABLE in a read-only transaction', /read-only.*DATABASE_URL.*primary/],
    ['42501', 'permission denied for schema public', /permission denied for schema public.*user in DATABASE_URL/],
    ['53100', 'could not extend file: No space left on device', /full.*No space left/],
    ['53300', 'sorry, too many clients already', /unreachable.*too many clients/],
    ['57P03', 'the database system is starting up', /unreachable.*starting up/],
    ['XX001', 'invalid page in block 7 of relation base/5/1259', /damaged.*invalid page.*backup/],
    ['28P01', 'password authentication failed for user "platform"', /unreachable.*password authentication failed/],
  ] as const)
    it(`explains PostgreSQL’s ${code}: ${message}`, async () => {
      assert.match((await explanationOf(refusal(code, message))) ?? '', said);
    });

  it('explains no fault of the code', async () => {
    for (const code of ['', '42601', '42P01', 'ERR_ASSERTION'])
      assert.equal(await explanationOf(refusal(code, 'a fault')), undefined, code);
  });
});
