import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { migrate } from './database.ts';
import { createStorage } from './index.ts';
import { createTestDatabase, type TestDatabase } from './testing/engines.ts';

const CRASHES = 5;
const MAX_MS_BEFORE_CRASH = 150;
const WRITER = new URL('./testing/crashing-writer.ts', import.meta.url);

/** The embedded database only: PostgreSQL is a process of its own, which ours cannot take along. */
describe('a crash (kill -9)', () => {
  let home: TestDatabase;
  const acknowledged = { accounts: [] as string[], apps: [] as string[] };
  before(async () => {
    home = await createTestDatabase('SQLite');
  });
  after(() => home.remove());

  for (let crash = 1; crash <= CRASHES; crash += 1) {
    it(`loses nothing that was acknowledged, and the next start needs no help (${crash} of ${CRASHES})`, async () => {
      const lines = await writeUntilKilled(home.settings.dataDir);
      for (const line of lines) {
        const [account, app] = line.split(' ');
        assert.ok(account && app, line);
        acknowledged.accounts.push(account);
        acknowledged.apps.push(app);
      }
      assert.ok(lines.length > 0);

      const database = home.open();
      const { db } = database;
      assert.deepEqual(await migrate(db), [], 'the schema is whole');
      const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db);
      assert.equal(rows[0]?.integrity_check, 'ok');
      assert.deepEqual((await sql`pragma foreign_key_check`.execute(db)).rows, []);

      const accounts = new Set((await db.selectFrom('accounts').select('id').execute()).map(({ id }) => id));
      assert.deepEqual(
        acknowledged.accounts.filter((id) => !accounts.has(id)),
        [],
      );
      // An app is three rows in one transaction: all of them or none.
      const keysOf = new Map(
        (
          await db
            .selectFrom('apps')
            .leftJoin('environments', 'environments.app_id', 'apps.id')
            .leftJoin('api_keys', 'api_keys.client_id', 'environments.client_id')
            .select(['apps.id', 'api_keys.id as key'])
            .execute()
        ).map(({ id, key }) => [id, key]),
      );
      assert.deepEqual(
        acknowledged.apps.filter((id) => !keysOf.has(id)),
        [],
      );
      assert.ok(
        [...keysOf.values()].every((key) => key !== null),
        'no half of an app is left',
      );
      // At most the one that was under way was written without being acknowledged.
      assert.ok(accounts.size <= acknowledged.accounts.length + 2 * crash);
      await createStorage(database).realm('production').accounts.create({ givenName: 'Next' });
      await database.close();
    });
  }
});

/** @returns the whole lines that a writing process told before it was killed */
async function writeUntilKilled(dataDir: string): Promise<string[]> {
  const writer = spawn(process.execPath, [fileURLToPath(WRITER), dataDir], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [told, complaints] = ['', ''];
  writer.stdout.setEncoding('utf8').on('data', (text: string) => {
    told += text;
  });
  writer.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const closed = once(writer, 'close');
  try {
    await Promise.race([once(writer.stdout, 'data'), closed]);
    await delay(randomInt(MAX_MS_BEFORE_CRASH));
  } finally {
    writer.kill('SIGKILL');
  }
  await closed;
  assert.equal(writer.exitCode, null, `the writer ended by itself: ${complaints}`);
  return told.split('\n').slice(0, -1);
}
