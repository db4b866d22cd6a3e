import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { after, before, describe, it } from 'node:test';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { sql } from 'kysely';
import { until } from '../scripts/testing/until.ts';
import { hashPassword } from './domain/accounts/passwords.ts';
import type { AppSecrets } from './storage/app-environments.ts';
import { createTestDatabase, type TestDatabase } from './storage/testing/engines.ts';
import { FaultyLine } from './storage/testing/faulty-line.ts';
import type { HttpBrowser, Page } from './testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform, temporaryDirectory } from './testing/test-platform.ts';

// Every route, asked by somebody who is signed in and has the keys, while the database does not serve.

const EMAIL = 'ada@example.com';
const PASSWORD = 'an engine of difference';
/** Far above what anything may take. Without it, an answer that never comes would hold the tests up. */
const TIMEOUT_MS = 60_000;
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

interface Route {
  name: string;
  method: string;
  url: string;
}

/** A platform with somebody in it, and the routes that it has registered. */
class Scene {
  readonly routes: Route[] = [];
  platform!: TestPlatform;
  app!: AppSecrets;
  /** Signed in to the account pages. */
  browser!: HttpBrowser;
  /** Where somebody else has opened the popup and is about to sign in. */
  stranger!: HttpBrowser;
  popup!: Page;
  #csrf = '';
  #csrfOfCode = '';

  async start(env: Record<string, string>): Promise<void> {
    const listen = (message: unknown) => {
      const { fastify } = message as { fastify: FastifyInstance };
      fastify.addHook('onRoute', (route) => this.#note(route));
    };
    subscribe('fastify.initialization', listen);
    this.platform = await startTestPlatform(env);
    unsubscribe('fastify.initialization', listen);

    const { storage } = this.platform;
    this.app = await storage.apps.create({ name: 'Shop', environment: 'production', origins: [SHOP_ORIGIN] });
    const passwordHash = await hashPassword(PASSWORD);
    const { accounts } = storage.realm('production');
    const { id } = await accounts.create({ email: EMAIL, emailVerified: true, givenName: 'Ada', passwordHash });
    await storage.appMembers.put(this.app.appId, id, 'owner');
    this.popup = await this.openPopup();
    this.browser = this.platform.browser();
    const form = await this.browser.get('/account/sign-in');
    const home = await this.browser.submit(form, '/account/sign-in', { email: EMAIL, password: PASSWORD });
    this.#csrf = String(home.form('/sign-out').values['csrf']);
  }

  /** In a new browser, whose cookies are sent with every request to the popup's steps. */
  async openPopup(): Promise<Page> {
    this.stranger = this.platform.browser();
    return this.stranger.openPopup(this.popupRequest);
  }
  /** Asks every route once, all at the same time. @returns what each answered */
  async askAll(): Promise<Map<string, Response>> {
    const answers = await Promise.all(this.routes.map(async (route) => [route.name, await this.ask(route)] as const));
    return new Map(answers);
  }

  ask({ method, url }: Route): Promise<Response> {
    const path = this.#pathOf(url);
    const browser = url.startsWith('/interaction') ? this.stranger : this.browser;
    return fetch(this.platform.url + path, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        cookie: browser.cookieHeader(path.replace(/\?.*/, '')),
        accept: 'text/html,application/json',
        'x-api-key': this.app.apiKey,
        ...(url === '/userinfo' && { authorization: 'Bearer x', accept: 'application/json' }),
        ...(url === '/token' && { authorization: this.#basic, accept: 'application/json' }),
        ...(url.startsWith('/fedcm') && { 'sec-fetch-dest': 'webidentity' }),
        ...(method !== 'GET' && { origin: this.platform.url, 'content-type': this.#typeOf(url) }),
      },
      ...(method !== 'GET' && { body: this.#bodyOf(url) }),
    });
  }

  #note({ method, url }: RouteOptions): void {
    for (const each of [method].flat()) {
      const route = { name: `${each} ${url}`, method: each, url };
      const isKnown = this.routes.some(({ name }) => name === route.name);
      if (['GET', 'POST', 'PUT', 'DELETE'].includes(each) && !isKnown) this.routes.push(route);
    }
  }

  get #basic(): string {
    const { clientId, clientSecret } = this.app;
    return `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
  }

  get popupRequest() {
    return { client_id: this.app.clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' };
  }

  #pathOf(url: string): string {
    const [, uid = 'unknown'] = /interaction\/([\w-]+)/.exec(this.popup.form('/sign-in').action) ?? [];
    const path = url
      .replace(':uid', uid)
      .replace(':appId', this.app.appId)
      .replace(':environment', 'production')
      .replaceAll(/:\w+/g, 'unknown-unknown')
      .replace('*', 'unknown');
    if (url === '/popup' || url === '/widget/check') return `${path}?${new URLSearchParams(this.popupRequest)}`;
    return path === '/authorize' ? `${path}?client_id=${this.app.clientId}` : path;
  }

  #typeOf(url: string): string {
    return /^\/(1|embed|custom_api)\//.test(url) ? 'application/json' : 'application/x-www-form-urlencoded';
  }

  #bodyOf(url: string): string {
    const { clientId: client_id, clientSecret: client_secret } = this.app;
    if (url.startsWith('/embed'))
      return JSON.stringify({ userName: 'grace@example.com', password: 'a compiler of her own', language: 'en' });
    if (url.startsWith('/custom_api')) return JSON.stringify({ client_id, client_secret, environment: 'production' });
    if (url.startsWith('/1/'))
      return JSON.stringify({
        email: 'grace@example.com',
        signin_id: 'grace@example.com',
        password: PASSWORD,
        id: 'x',
      });
    const csrf = url.startsWith('/interaction') ? String(this.popup.form('/sign-in').values['csrf']) : this.#csrf;
    const code = 'x';
    const token = url === '/confirm-email' ? this.#csrfOfCode : csrf;
    return new URLSearchParams({
      csrf: token,
      code,
      grant_type: 'authorization_code',
      email: EMAIL,
      password: PASSWORD,
      name: 'A',
    }).toString();
  }

  /** The page behind a link of a mail needs no database. */
  async openMail(): Promise<void> {
    const page = await this.browser.get('/confirm-email?code=x');
    this.#csrfOfCode = String(page.form('/confirm-email').values['csrf']);
  }
}

/** Nothing is a fault of the server's program, and whatever is unavailable says when to come back. */
async function assertUnavailable(scene: Scene, expected: readonly string[]): Promise<void> {
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
  const scene = new Scene();
  let home: TestDatabase;
  let line: FaultyLine;
  before(async () => {
    home = await createTestDatabase('PostgreSQL');
    line = await FaultyLine.to(home.settings.databaseUrl ?? '');
    await scene.start({ DATABASE_URL: line.url, DATA_DIR: temporaryDirectory() });
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
  const scene = new Scene();
  const pragma = (setting: string) => sql.raw(`pragma ${setting}`).execute(scene.platform.database.db);
  before(() => scene.start({}));
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
