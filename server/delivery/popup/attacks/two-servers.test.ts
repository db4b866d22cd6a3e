import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { LIMITS } from '#domain/throttle/limits.ts';
import { hashSecret } from '#storage/ids.ts';
import { createTestDatabase, type TestDatabase } from '#storage/testing/engines.ts';
import { askForCode, openIn, postStep, typeCode } from '#testing/code-journey.ts';
import { HttpBrowser, type Page } from '#testing/http-journey.ts';
import { LyingLogin } from '#testing/lying-login.ts';
import { mailedCode } from '#testing/mailed-code.ts';
import { temporaryDirectory } from '#testing/temporary-directory.ts';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { awayAddress } from '#testing/upstream-journey.ts';

const PUBLIC_URL = 'http://id.localhost';
const CLIENT_ID = 'platform';
const IN = /^(Share your details|What’s your name\?)/;
let seed = 0;
const newEmail = () => `victim.${++seed}@example.com`;
const wrongFor = (code: string, by: number) => String((Number(code) + 1 + by) % 1_000_000).padStart(6, '0');

describe('somebody who sends everything at once, to two servers (PostgreSQL)', () => {
  let database: TestDatabase;
  let login: LyingLogin;
  let servers: TestPlatform[];
  let platform: TestPlatform;
  let clientId: string;
  before(async () => {
    database = await createTestDatabase('PostgreSQL');
    login = await LyingLogin.start(CLIENT_ID);
    const upstream = {
      id: 'login',
      name: 'login',
      issuer: login.issuer,
      client_id: CLIENT_ID,
      client_secret: 'x'.repeat(32),
      coop: 'keeps',
      trust_email: true,
    };
    const env = {
      PUBLIC_URL,
      DATABASE_URL: database.settings.databaseUrl ?? '',
      TRUST_PROXY: 'loopback',
      UPSTREAMS: JSON.stringify([upstream]),
    };
    const start = () => startTestPlatform({ ...env, DATA_DIR: temporaryDirectory() });
    servers = await Promise.all([start(), start()]);
    [platform] = servers as [TestPlatform];
    ({ clientId } = await platform.createApp({ environment: 'production' }));
  });
  after(async () => {
    for (const server of servers) await server.close();
    await login.close();
    await database.remove();
  });

  const open = async () => {
    const urls = servers.map(({ app }) => `http://localhost:${(app.server.address() as AddressInfo).port}`);
    const browser = new HttpBrowser(PUBLIC_URL, urls);
    const number = ++seed;
    browser.headers = { ...browser.headers, 'x-forwarded-for': `198.18.${number >> 8}.${number & 255}` };
    return openIn(platform, clientId, browser);
  };
  const ask = async (email: string) => {
    const { browser, first } = await open();
    return { browser, page: await askForCode(browser, first, email) };
  };
  const triesOf = async (page: Page) => {
    const { tries } = await platform.database.db
      .selectFrom('mailed_codes')
      .select('tries')
      .where('place_hash', '=', hashSecret(/\/interaction\/([\w-]+)/.exec(page.html)?.[1] ?? ''))
      .executeTakeFirstOrThrow();
    return tries;
  };
  const accountsOf = (email: string) => platform.storage.realm('production').accounts.findByEmail(email);
  const comeFromLogin = async (claims: Record<string, unknown>) => {
    const { browser, first } = await open();
    const away = awayAddress(await postStep(browser, first, 'upstream', { upstream: 'login' }));
    return { browser, away, claims };
  };
  /** Several answers at once would need a nonce each, so the login is asked to sign for one after the other. */
  const answer = async ({ browser, away, claims }: Awaited<ReturnType<typeof comeFromLogin>>) => {
    login.nonce = away.searchParams.get('nonce') ?? '';
    login.lie = { claims };
    const query = new URLSearchParams({ code: 'code', state: away.searchParams.get('state') ?? '' });
    return browser.follow(`/upstream/login/callback?${query}`, login.issuer);
  };

  it('guesses forty times at one code, of which five are taken', async () => {
    const { browser, page } = await ask(newEmail());
    const right = await mailedCode(platform, page);
    const guesses = Array.from({ length: 40 }, (_, by) => wrongFor(right, by));
    await Promise.all(guesses.map((code) => postStep(browser, page, 'code-check', { code })));
    assert.equal(await triesOf(page), 5);
    assert.match((await postStep(browser, page, 'code-check', { code: right })).html, /no longer works/);
  });

  it('guesses in ten windows at one address, and twenty are compared', async () => {
    const email = newEmail();
    const windows = await Promise.all(Array.from({ length: 10 }, () => ask(email)));
    const answers = await Promise.all(
      windows.map(async ({ browser, page }) => {
        const right = await mailedCode(platform, page);
        const guesses = Array.from({ length: 5 }, (_, by) => wrongFor(right, by));
        return Promise.all(guesses.map((code) => postStep(browser, page, 'code-check', { code })));
      }),
    );
    const compared = answers.flat().filter(({ html }) => /This isn’t the code/.test(html)).length;
    assert.ok(compared <= LIMITS.wrongCodes.points, `${compared}`);
    const { page } = await ask(email);
    assert.equal((await mailedCode(platform, page)).length, 10);
  });

  it('types the right code ten times, and has one account', async () => {
    const email = newEmail();
    const { browser, page } = await ask(email);
    const code = await mailedCode(platform, page);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => postStep(browser, page, 'code-check', { code })),
    );
    for (const { status } of answers) assert.ok(status < 500, `${status}`);
    assert.equal((await accountsOf(email)).length, 1);
  });

  it('proves one address in six browsers, and all are in one account', async () => {
    const email = newEmail();
    const windows = await Promise.all(Array.from({ length: 6 }, () => ask(email)));
    const answers = await Promise.all(windows.map(({ browser, page }) => typeCode(platform, browser, page)));
    for (const { heading, status } of answers) assert.match(heading, IN, `${status}`);
    const accounts = await accountsOf(email);
    assert.deepEqual(
      accounts.map(({ emailVerified }) => emailVerified),
      [true],
    );
  });

  it('proves an address by a code and by another login, and one account has it', async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      const email = newEmail();
      const { browser, page } = await ask(email);
      const visitor = await comeFromLogin({ sub: `both-${++seed}`, email, email_verified: true });
      const answers = await Promise.all([typeCode(platform, browser, page), answer(visitor)]);
      for (const { status } of answers) assert.ok(status < 500, `${status}`);
      assert.equal((await accountsOf(email)).filter(({ emailVerified }) => emailVerified).length, 1);
    }
  });

  it('comes back with one answer of another login many times, and it counts once', async () => {
    const visitor = await comeFromLogin({ sub: `again-${++seed}` });
    const answers = await Promise.all(Array.from({ length: 8 }, () => answer(visitor)));
    assert.equal(answers.filter(({ heading }) => IN.test(heading)).length, 1);
  });
});
