import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it, mock } from 'node:test';
import { hashPassword } from '#domain/accounts/passwords.ts';
import { CommittedReads } from '#storage/committed-reads.ts';
import { SqliteConnection } from '#storage/sqlite-connection.ts';
import type { HttpBrowser } from '#testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';

const EMAIL = 'person@example.com';
const PASSWORD = 'correct horse battery staple';
const MINUTE_MS = 60 * 1000;
/** What only the popup asks for. Tables of work in the background are left out. */
const TABLES = /\b(?:from|into|update) "(environments|oidc_records|accounts|grants|users|sessions)"/;

/** Each statement is a round trip on PostgreSQL, and each that writes waits for the disk. */
describe('the statements of a popup whose person comes back', () => {
  let platform: TestPlatform;
  let clientId: string;
  let browser: HttpBrowser;
  before(async () => {
    platform = await startTestPlatform();
    ({ clientId } = await platform.createApp({ environment: 'production' }));
    const account = { email: EMAIL, emailVerified: true, passwordHash: await hashPassword(PASSWORD), givenName: 'Ann' };
    await platform.storage.realm('production').accounts.create(account);
    browser = platform.browser();
    const consent = await browser.submit(await open(), '/sign-in', { email: EMAIL, password: PASSWORD });
    await browser.submit(consent, '/consent');
    await open();
  });
  after(() => platform.close());
  afterEach(() => mock.timers.reset());

  const open = (app = clientId) =>
    browser.openPopup({ client_id: app, origin: SHOP_ORIGIN, state: 'state', nonce: 'nonce' });

  /** Such as `select users`, in the order in which they are run. */
  async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
    const seen: string[] = [];
    const note = (sql: string) => {
      const table = TABLES.exec(sql)?.[1];
      if (table !== undefined) seen.push(`${sql.slice(0, 6)} ${table}`);
    };
    const { first, firstAsItIs } = CommittedReads.prototype;
    const { run } = SqliteConnection.prototype;
    const spies = [
      mock.method(
        CommittedReads.prototype,
        'first',
        function (this: CommittedReads, ...words: Parameters<typeof first>) {
          note(words[0]);
          return first.apply(this, words);
        },
      ),
      mock.method(
        CommittedReads.prototype,
        'firstAsItIs',
        function (this: CommittedReads, ...words: Parameters<typeof firstAsItIs>) {
          note(words[0]);
          return firstAsItIs.apply(this, words);
        },
      ),
      mock.method(
        SqliteConnection.prototype,
        'run',
        function (this: SqliteConnection, ...words: Parameters<typeof run>) {
          note(words[0].sql);
          return run.apply(this, words);
        },
      ),
    ];
    try {
      await work();
      return seen;
    } finally {
      for (const { mock: spy } of spies) spy.restore();
    }
  }

  const READS = ['select environments', 'select oidc_records', 'select accounts', 'select grants', 'select users'];

  it('read each row once, and write nothing within minutes', async () => {
    assert.deepEqual(await statementsOf(() => open()), READS);
  });

  it('move the end of the session, and the time at which it was last used, when minutes have passed', async () => {
    const session = async () => {
      const { db } = platform.database;
      const { expires_at } = await db
        .selectFrom('oidc_records')
        .select('expires_at')
        .where('model', '=', 'Session')
        .executeTakeFirstOrThrow();
      const { last_seen_at } = await db.selectFrom('sessions').select('last_seen_at').executeTakeFirstOrThrow();
      return { expires_at: Number(expires_at), last_seen_at: Number(last_seen_at) };
    };
    const before = await session();
    mock.timers.enable({ apis: ['Date'], now: Date.now() + 6 * MINUTE_MS });
    assert.deepEqual(await statementsOf(() => open()), [...READS, 'insert sessions', 'insert oidc_records']);
    const moved = await session();
    assert.ok(moved.expires_at - before.expires_at >= 6 * MINUTE_MS);
    assert.ok(moved.last_seen_at - before.last_seen_at >= 6 * MINUTE_MS);
    assert.deepEqual(await statementsOf(() => open()), READS);
    assert.deepEqual(await session(), moved);
  });

  it('save the session when it says something else: an app that it has not been used for', async () => {
    const other = await platform.createApp({ environment: 'production' });
    const writes = (await statementsOf(() => open(other.clientId))).filter(
      (statement) => !statement.startsWith('select'),
    );
    assert.ok(writes.includes('insert oidc_records'), writes.join());
  });
});
