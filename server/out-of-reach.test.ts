import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { until } from '../scripts/testing/until.ts';
import { FairQueue } from './load/fair-queue.ts';
import { createTestDatabase, type TestDatabase } from './storage/testing/engines.ts';
import { FaultyLine } from './storage/testing/faulty-line.ts';
import { EMAIL, EveryRoute, PASSWORD } from './testing/every-route.ts';
import { temporaryDirectory } from './testing/test-platform.ts';

// Every route, asked by somebody who is signed in and has the keys, while the database does not serve.

/** All routes are asked at once, and each is to be answered by its own handler. */
const roomForAll = () => new FairQueue('', { concurrency: 1_000, maxWaiting: 0 });
/** What reads the database, whoever asks. */
const READERS = [
  'GET /popup',
  'GET /authorize',
  'POST /token',
  'GET /userinfo',
  'GET /interaction/:uid',
  'POST /interaction/:uid/sign-in',
  'POST /confirm-email',
  'GET /account',
  'POST /account/profile/language',
  'GET /account/apps/:appId',
  'GET /1/users',
  'POST /1/users',
  'POST /1/auth/signin',
  'POST /embed/signup',
  'POST /custom_api/external_login',
  'GET /fedcm/accounts',
  'GET /widget/check',
];
/** What cannot be done without writing. */
const WRITERS = ['GET /popup', 'POST /interaction/:uid/sign-in', 'POST /1/users', 'POST /embed/signup'];

/** Nothing is a fault of the server's program, and whatever is unavailable says when to come back. */
async function assertUnavailable(scene: EveryRoute, expected: readonly string[]): Promise<void> {
  const answers = await scene.askAll();
  const wrong: string[] = [];
  for (const [name, answer] of answers) {
    const isFine = answer.status < 500 || (answer.status === 503 && answer.headers.get('retry-after') === '5');
    if (!isFine || (expected.includes(name) && answer.status !== 503)) wrong.push(`${name} ${answer.status}`);
    else if (answer.status !== 503) await answer.body?.cancel();
  }
  assert.deepEqual(wrong, []);
  for (const name of expected) assert.ok(answers.has(name), `${name} is no route`);
  await assertForms(answers, expected);
}

/** In each contract's own form. */
async function assertForms(answers: Map<string, Response>, expected: readonly string[]): Promise<void> {
  const jsonOf = async (name: string) => expected.includes(name) && (await answers.get(name)?.json());
  const user = await jsonOf('POST /1/users');
  if (user) assert.deepEqual({ error: user.error, status: user.status }, { error: 'unavailable', status: 503 });
  const signup = await jsonOf('POST /embed/signup');
  if (signup)
    assert.deepEqual(signup, {
      message: 'We can’t do this at the moment. Wait a minute, then try again.',
      code: 'unavailable',
    });
  const login = await jsonOf('POST /custom_api/external_login');
  if (login)
    assert.deepEqual({ ...login, data: typeof login.data.error }, { code: 503, message: 'fail', data: 'string' });
  const token = await jsonOf('POST /token');
  if (token) assert.equal(token.error, 'temporarily_unavailable');
  const fedcm = await jsonOf('GET /fedcm/accounts');
  if (fedcm) assert.deepEqual(fedcm, { error: { code: 'temporarily_unavailable' } });
  for (const name of ['GET /popup', 'POST /interaction/:uid/sign-in', 'GET /account']) {
    if (!expected.includes(name)) continue;
    const html = (await answers.get(name)?.text()) ?? '';
    assert.match(html, /This isn’t working at the moment/, name);
    assert.match(html, />Try again</, name);
    const asksAgain = /<label for="password">Enter your password again</.test(html);
    assert.equal(asksAgain, name.startsWith('POST'), 'a page repeats no password, and says so');
    assert.ok(!html.includes(PASSWORD));
  }
}

describe('while PostgreSQL is away', () => {
  const scene = new EveryRoute();
  let home: TestDatabase;
  let line: FaultyLine;
  before(async () => {
    home = await createTestDatabase('PostgreSQL');
    line = await FaultyLine.to(home.settings.databaseUrl ?? '');
    await scene.start({ DATABASE_URL: line.url, DATA_DIR: temporaryDirectory() }, { requestQueue: roomForAll() });
    await scene.openMail();
  });
  after(async () => {
    await line.become('works');
    await scene.platform.close();
    await line.close();
    await home.remove();
  });

  for (const state of ['refuses', 'hangs'] as const) {
    it(`(it ${state}) every route says so, and goes on by itself afterwards`, async (test) => {
      test.after(() => line.become('works'));
      await line.become(state);
      await assertUnavailable(scene, READERS);
      assert.equal((await fetch(`${scene.platform.url}/readyz`)).status, 503);
      assert.equal((await fetch(`${scene.platform.url}/healthz`)).status, 200);
      assert.equal((await fetch(`${scene.platform.url}/jwks`)).status, 200);
      const metrics = await (await fetch(`${scene.platform.url}/metrics`)).text();
      assert.match(metrics, /database_problems_total\{problem="unreachable"\} [1-9]/);
      await line.become('works');
      await until(async () => (await fetch(`${scene.platform.url}/readyz`)).status === 200);
      const page = await scene.stranger.submit(scene.popup, '/sign-in', { email: EMAIL, password: PASSWORD });
      assert.match(page.heading, /^Share your details with/);
      scene.popup = await scene.openPopup();
    });
  }

  it('(it takes no writes, as a standby) every server stays ready, and what writes says so', async () => {
    // Connected before the change, which is for later connections.
    const { db } = home.open();
    const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(db);
    const name = sql.id(rows[0]?.name ?? '');
    await sql`alter database ${name} set default_transaction_read_only = on`.execute(db);
    await line.become('works');
    await until(async () => (await fetch(`${scene.platform.url}/readyz`)).status === 200);
    await assertUnavailable(scene, WRITERS);
    assert.equal((await fetch(`${scene.platform.url}/readyz`)).status, 200);
  });
});

describe('while the file of SQLite cannot be written', () => {
  const scene = new EveryRoute();
  const pragma = (setting: string) => sql.raw(`pragma ${setting}`).execute(scene.platform.database.db);
  before(() => scene.start({}, { requestQueue: roomForAll() }));
  after(() => scene.platform.close());

  async function pageCount(): Promise<number> {
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(scene.platform.database.db);
    return rows[0]?.page_count ?? 0;
  }

  it('(it is read-only) what writes says so, the server is not ready, and goes on by itself afterwards', async () => {
    await pragma('query_only = on');
    await assertUnavailable(scene, WRITERS);
    const readiness = await fetch(`${scene.platform.url}/readyz`);
    assert.equal(readiness.status, 503);
    assert.equal((await readiness.json()).message, 'The file of the database cannot be written.');
    assert.equal(
      (await fetch(`${scene.platform.url}/1/users`, { headers: { 'x-api-key': scene.app.apiKey } })).status,
      200,
    );
    await pragma('query_only = off');
    assert.equal((await fetch(`${scene.platform.url}/readyz`)).status, 200);
    const page = await scene.stranger.submit(scene.popup, '/sign-in', { email: EMAIL, password: PASSWORD });
    assert.match(page.heading, /^Share your details with/);
    scene.popup = await scene.openPopup();
  });

  it('(the disk is full) no route fails, the server is not ready, and goes on by itself afterwards', async () => {
    await pragma(`max_page_count = ${await pageCount()}`);
    // Until the free room within the file is used up.
    await until(
      async () =>
        (await fetch(`${scene.platform.url}/popup?${new URLSearchParams(scene.popupRequest)}`)).status === 503,
    );
    const readiness = await fetch(`${scene.platform.url}/readyz`);
    assert.equal(readiness.status, 503);
    assert.equal((await readiness.json()).message, 'The disk of the database is full.');
    await assertUnavailable(scene, []);
    await pragma('max_page_count = 1000000');
    assert.equal((await fetch(`${scene.platform.url}/readyz`)).status, 200);
  });
});
