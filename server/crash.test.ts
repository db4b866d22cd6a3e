import assert from 'node:assert/strict';
import { createHash, randomBytes, randomInt } from 'node:crypto';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { until } from '../scripts/testing/until.ts';
import type { AppSecrets } from './storage/app-environments.ts';
import { openDatabase } from './storage/database.ts';
import { createStorage } from './storage/index.ts';
import { HttpBrowser } from './testing/http-journey.ts';
import { PlatformProcess } from './testing/platform-process.ts';
import { temporaryDirectory } from './testing/temporary-directory.ts';
import { SHOP_ORIGIN } from './testing/test-platform.ts';

const CRASHES = 3;
const PEOPLE_AT_ONCE = 3;
const MAX_MS_BEFORE_CRASH = 500;
const PASSWORD = 'an engine of difference';
const settings = (dataDir: string) => ({ databaseUrl: undefined, dataDir });

/** Registers an app as another process does, and lets go of the database. */
async function registerApp(dataDir: string, redirectUris: string[] = []): Promise<AppSecrets> {
  const database = openDatabase(settings(dataDir));
  try {
    const app = { name: 'Test Shop', environment: 'production', origins: [SHOP_ORIGIN], redirectUris } as const;
    return await createStorage(database).apps.create(app);
  } finally {
    await database.close();
  }
}

const openPopup = (browser: HttpBrowser, clientId: string) =>
  browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 'state-1', nonce: 'nonce-1' });

async function signUp(browser: HttpBrowser, clientId: string, email: string) {
  const signIn = await openPopup(browser, clientId);
  const empty = await browser.get(signIn.signUpAddress);
  return browser.submit(empty, '/sign-up', { given_name: 'Ada', email, password: PASSWORD });
}

async function signIn(browser: HttpBrowser, clientId: string, email: string) {
  return browser.submit(await openPopup(browser, clientId), '/sign-in', { email, password: PASSWORD });
}

const isConsent = (heading: string) => /^Share your details with/.test(heading);

describe('a crash of the server (kill -9)', () => {
  const dataDir = temporaryDirectory();
  /** Addresses of people who saw the page after their sign-up, and of those who agreed as well, with the id that the shop knows. */
  const acknowledged = new Set<string>();
  const shared = new Map<string, unknown>();
  let server: PlatformProcess;
  let clientId: string;
  before(async () => {
    server = await PlatformProcess.start({ DATA_DIR: dataDir });
    ({ clientId } = await registerApp(dataDir));
  });
  after(() => server?.kill());

  for (let crash = 1; crash <= CRASHES; crash += 1) {
    it(`loses no account that was acknowledged, and needs no help to start again (${crash} of ${CRASHES})`, async () => {
      const { url } = server;
      const signUps = Array.from({ length: PEOPLE_AT_ONCE }, async (_, person) => {
        // Until the connection breaks.
        for (let count = 1; ; count += 1) {
          const email = `ada.${crash}.${person}.${count}@example.com`;
          const browser = new HttpBrowser(url);
          const consent = await signUp(browser, clientId, email);
          assert.ok(isConsent(consent.heading), consent.heading);
          acknowledged.add(email);
          const done = await browser.submit(consent, '/consent');
          shared.set(email, done.claims['sub']);
        }
      });
      const broken = Promise.allSettled(signUps);
      const before = acknowledged.size;
      await until(() => acknowledged.size > before);
      await delay(randomInt(MAX_MS_BEFORE_CRASH));
      await server.kill();
      for (const outcome of await broken) {
        assert.equal(outcome.status, 'rejected');
        assert.ok(outcome.reason instanceof TypeError, `a broken connection, and no other failure: ${outcome.reason}`);
      }

      server = await PlatformProcess.start({ DATA_DIR: dataDir });
      for (const email of acknowledged) {
        const page = await signIn(new HttpBrowser(server.url), clientId, email);
        // Who was told that it is done is not asked again, and is still the same customer. Who was not may have to agree once more.
        if (shared.has(email)) assert.equal(page.claims['sub'], shared.get(email));
        else assert.ok(isConsent(page.heading) || page.delivery, `${email}: ${page.heading}`);
      }
      await assertIntegrity(dataDir);
    });
  }

  it('lets a form be sent again that was open during the crash', async () => {
    const browser = new HttpBrowser(server.url);
    const page = await openPopup(browser, clientId);
    const { port } = new URL(server.url);
    await server.kill();
    server = await PlatformProcess.start({ DATA_DIR: dataDir, PORT: port });
    const [email = ''] = acknowledged;
    const next = await browser.submit(page, '/sign-in', { email, password: PASSWORD });
    assert.ok(isConsent(next.heading) || next.delivery, next.heading);
  });
});

async function assertIntegrity(dataDir: string): Promise<void> {
  const database = openDatabase(settings(dataDir));
  try {
    const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(database.db);
    assert.equal(rows[0]?.integrity_check, 'ok');
    assert.deepEqual((await sql`pragma foreign_key_check`.execute(database.db)).rows, []);
  } finally {
    await database.close();
  }
}

describe('SIGTERM', () => {
  const dataDir = temporaryDirectory();

  it('lets the request that is under way finish, takes no other, and ends with 0; the next start goes on from there', async () => {
    const server = await PlatformProcess.start({ DATA_DIR: dataDir });
    const { clientId } = await registerApp(dataDir);
    const browser = new HttpBrowser(server.url);
    const page = await openPopup(browser, clientId);
    const underWay = slowPost(server.url, browser, page.form('/sign-in'));
    await underWay.begun;
    const stopped = server.stop();
    await untilRefused(server.url);

    assert.match(await underWay.finish(), /^HTTP\/1\.1 400 [\s\S]*Email and password don’t match/);
    assert.equal(await stopped, 0);

    const again = await PlatformProcess.start({ DATA_DIR: dataDir, PORT: new URL(server.url).port });
    try {
      const next = await browser.submit(page, '/sign-in', { email: 'nobody@example.com', password: PASSWORD });
      assert.equal(next.status, 400);
      assert.equal(next.heading, 'Sign in');
    } finally {
      assert.equal(await again.stop(), 0);
    }
  });

  it('does not wait for connections that are idle', async () => {
    const server = await PlatformProcess.start({ DATA_DIR: dataDir });
    // One that never said a word, and one that is kept alive after its answer by the pool of fetch.
    const idle = connect(Number(new URL(server.url).port), 'localhost');
    await new Promise((resolve) => idle.once('connect', resolve));
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
    assert.equal(await server.stop(), 0);
    idle.destroy();
  });
});

/** A form whose last byte is held back. The server sees a request under way. */
function slowPost(url: string, browser: HttpBrowser, form: { action: string; values: Record<string, unknown> }) {
  const { host, port, origin } = new URL(url);
  const body = new URLSearchParams({
    csrf: String(form.values['csrf']),
    email: 'nobody@example.com',
    password: PASSWORD,
  }).toString();
  const socket = connect(Number(port), 'localhost');
  let answer = '';
  const ended = new Promise<void>((resolve, reject) => {
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text;
    });
    socket.once('close', () => resolve()).once('error', reject);
  });
  const begun = new Promise<void>((resolve) => {
    const head = [
      `POST ${form.action} HTTP/1.1`,
      `Host: ${host}`,
      `Origin: ${origin}`,
      `Cookie: ${browser.cookieHeader(form.action)}`,
      'Content-Type: application/x-www-form-urlencoded',
      `Content-Length: ${body.length}`,
      'Expect: 100-continue',
      '',
      '',
    ].join('\r\n');
    socket.write(head + body.slice(0, -1));
    // `100 Continue` proves that the request has arrived.
    socket.once('data', () => resolve());
  });
  return {
    begun,
    finish: async () => {
      socket.write(body.slice(-1));
      await ended;
      return answer.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '');
    },
  };
}

async function untilRefused(url: string): Promise<void> {
  await until(
    () =>
      new Promise<boolean>((resolve) => {
        const socket = connect(Number(new URL(url).port), 'localhost');
        socket.once('connect', () => resolve(false)).once('error', () => resolve(true));
        socket.once('connect', () => socket.destroy());
      }),
  );
}

describe('two processes on one database', () => {
  const dataDir = temporaryDirectory();
  const redirectUri = `${SHOP_ORIGIN}/callback`;
  let first: PlatformProcess;
  let second: PlatformProcess;
  let app: AppSecrets;
  before(async () => {
    first = await PlatformProcess.start({ DATA_DIR: dataDir });
    second = await PlatformProcess.start({ DATA_DIR: dataDir, PUBLIC_URL: first.url });
    app = await registerApp(dataDir, [redirectUri]);
  });
  after(async () => {
    assert.deepEqual(await Promise.all([first.stop(), second.stop()]), [0, 0]);
  });

  it('serve one journey in turn', async () => {
    for (let person = 1; person <= 3; person += 1) {
      const servers = person % 2 ? [first.url, second.url] : [second.url, first.url];
      const browser = new HttpBrowser(first.url, servers);
      const consent = await signUp(browser, app.clientId, `grace.${person}@example.com`);
      assert.ok(isConsent(consent.heading), consent.heading);
      const done = await browser.submit(consent, '/consent');
      assert.equal(done.claims['iss'], first.url);
      assert.equal(done.claims['is_new_user'], true);
      assert.equal((await openPopup(browser, app.clientId)).claims['sub'], done.claims['sub']);
    }
  });

  it('redeem a code once between them', async () => {
    const browser = new HttpBrowser(first.url);
    await browser.submit(await signUp(browser, app.clientId, 'code@example.com'), '/consent');
    const verifier = randomBytes(32).toString('base64url');
    const authorization = new URLSearchParams({
      client_id: app.clientId,
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: 'openid',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    for (let round = 1; round <= 5; round += 1) {
      const code = (await browser.get(`/authorize?${authorization}`)).url.searchParams.get('code') ?? '';
      const body = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier };
      const statuses = await Promise.all(
        [first, second, first, second].map(async ({ url }) => {
          const authorization = `Basic ${btoa(`${app.clientId}:${app.clientSecret}`)}`;
          const request = { method: 'POST', headers: { authorization }, body: new URLSearchParams(body) };
          return (await fetch(`${url}/token`, request)).status;
        }),
      );
      assert.deepEqual(statuses.sort(), [200, 400, 400, 400]);
    }
  });
});
