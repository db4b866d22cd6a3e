import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CREDENTIAL_LIFETIME, ID_TOKEN_ALGS, type IdTokenAlg } from '@signup-with-platform/protocol';
import { decodeProtectedHeader, type JWK } from 'jose';
import type { CredentialError } from '../../client/errors.ts';
import { verifyCredential } from '../../client/verify-credential.ts';
import { until } from '../../scripts/testing/until.ts';
import { ACCESS_TOKEN_LIFETIME_SECONDS } from '../delivery/api/access-token.ts';
import { logIn, tokenOf } from '../delivery/api/external-login/testing/send.ts';
import { SIGNING_KEY_RETENTION_MS } from '../storage/signing-key-schedule.ts';
import { sweep } from '../storage/sweeper.ts';
import { createTestDatabase, type TestDatabase } from '../storage/testing/engines.ts';
import type { HttpBrowser, Page } from '../testing/http-journey.ts';
import { PlatformProcess } from '../testing/platform-process.ts';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';
import { openTestRealm } from '../testing/test-realm.ts';
import {
  loadSigningKeys,
  type Rotation,
  replaceSigningKeys,
  rotateSigningKey,
  SIGNING_KEY_LEAD_MS,
  SigningKeys,
} from './signing-keys.ts';

/** Longer than the second that the client library waits before it fetches the keys again. */
const LEAD_MS = 1_100;
const POLL_MS = 20;
const NONCE = 'nonce-1';
const REDIRECT_URI = `${SHOP_ORIGIN}/callback`;
type App = Awaited<ReturnType<TestPlatform['createApp']>>;

const kidOf = (token: string) => decodeProtectedHeader(token).kid;
const openPopup = (browser: HttpBrowser, { clientId }: App) =>
  browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: NONCE });
const pickJane = (browser: HttpBrowser, page: Page) => browser.submit(page, '/persona', { persona: 'returning' });
/** A vendor's backend that has just started, or one that has run for a while: each has its own cache. */
const backend = () => {
  const fetchKeys: typeof fetch = (input, init) => fetch(input, init);
  return (credential: string, { clientId, issuer }: App) =>
    verifyCredential(credential, { clientId, issuer, nonce: NONCE, fetch: fetchKeys });
};
const PRIVATE_PARTS = ['d', 'p', 'q', 'dp', 'dq', 'qi'];
const publishedKids = async ({ issuer }: { issuer: string }, alg: IdTokenAlg = 'ES256') => {
  const { keys } = (await (await fetch(`${issuer}/jwks`)).json()) as { keys: JWK[] };
  assert.ok(
    keys.every((key) => PRIVATE_PARTS.every((part) => !(part in key))),
    'the public part only',
  );
  return keys.filter((key) => key.alg === alg).map(({ kid }) => kid);
};
/** The new key of an algorithm. */
const madeBy = ({ keys }: Rotation, alg: IdTokenAlg = 'ES256') => keys.find((key) => key.alg === alg)?.kid ?? '';
const apiStatus = async (url: string, token: string) =>
  (await fetch(`${url}/1/users/nobody-by-this-id`, { headers: { authorization: `Bearer ${token}` } })).status;
/** The status for a call with a token: 404 when it is accepted, because there is no such user. */
const OPENS = 404;

describe('a rotation of the signing key', () => {
  let platform: TestPlatform;
  let app: App;
  const repository = () => platform.storage.realm('sandbox').signingKeys;
  before(async () => {
    platform = await startTestPlatform({}, { signingKeyPollMs: POLL_MS });
    app = await platform.createApp({ redirectUris: [REDIRECT_URI] });
  });
  after(() => platform.close());

  const credential = async () => {
    const browser = platform.browser();
    return (await pickJane(browser, await openPopup(browser, app))).message.credential ?? '';
  };
  const accessToken = async () =>
    tokenOf(
      await logIn(platform, { client_id: app.clientId, client_secret: app.clientSecret, environment: 'localhost' }),
    );
  const letTimePass = async (ms: number) => {
    const { db } = platform.database;
    await db
      .updateTable('signing_keys')
      .set(({ eb }) => ({ signs_from: eb('signs_from', '-', ms), created_at: eb('created_at', '-', ms) }))
      .execute();
  };

  it('publishes the new key before it signs, keeps the old one until its last token has expired, then deletes it', async () => {
    const [runningBackend, production] = [backend(), await publishedKids({ issuer: platform.url })];
    const [oldCredential, oldToken] = [await credential(), await accessToken()];
    const oldKid = kidOf(oldCredential);
    await runningBackend(oldCredential, app);

    const rotation = await rotateSigningKey(repository(), LEAD_MS);
    const { signsFrom } = rotation;
    const kid = madeBy(rotation);
    await until(async () => (await publishedKids(app)).includes(kid));
    const [published, signedBy] = [await publishedKids(app), kidOf(await accessToken())];
    // On a busy machine the new key may sign by now.
    if (Date.now() < signsFrom.getTime()) {
      assert.deepEqual(published, [oldKid, kid]);
      assert.equal(signedBy, oldKid, 'the new key does not sign yet');
    }

    await until(async () => kidOf(await accessToken()) === kid);
    assert.ok(Date.now() >= signsFrom.getTime());
    const newCredential = await credential();
    assert.equal(kidOf(newCredential), kid);
    for (const verify of [runningBackend, backend()]) {
      for (const each of [oldCredential, newCredential]) await verify(each, app);
    }
    for (const token of [oldToken, await accessToken()]) assert.equal(await apiStatus(platform.url, token), OPENS);

    await letTimePass(SIGNING_KEY_RETENTION_MS);
    await until(async () => !(await publishedKids(app)).includes(oldKid));
    assert.deepEqual(await publishedKids(app), [kid]);
    assert.equal(await apiStatus(platform.url, oldToken), 401);
    await assert.rejects(
      backend()(oldCredential, app),
      (error: unknown) => (error as CredentialError).code === 'unknown_key',
    );
    await backend()(newCredential, app);
    await sweep(platform.database.db);
    assert.deepEqual(
      (await repository().listAll()).map(({ jwk }) => jwk.kid).toSorted(),
      rotation.keys.map((key) => key.kid).toSorted(),
      'one of each algorithm',
    );
    assert.deepEqual(await publishedKids({ issuer: platform.url }), production, 'the other realm has not noticed');
  });

  it('may be followed by another at once; the keys then sign in turn', async () => {
    const [first, second] = [await rotateSigningKey(repository(), 200), await rotateSigningKey(repository(), 201)];
    await until(async () => (await publishedKids(app)).length === 3);
    await until(async () => kidOf(await accessToken()) === madeBy(second));
    assert.deepEqual((await publishedKids(app)).toSorted().includes(madeBy(first)), true, 'it may have signed');
    await backend()(await credential(), app);
  });

  it('does not disturb open pages, sessions, codes and refresh tokens', async () => {
    const person = platform.browser();
    const signIn = await openPopup(person, app);
    const code = await redirectedCode(platform, app);
    const rotation = await rotateSigningKey(repository(), 0);
    const kid = madeBy(rotation);
    await until(async () => kidOf(await accessToken()) === kid);

    const delivered = await pickJane(person, signIn);
    assert.equal(kidOf(delivered.message.credential ?? ''), kid, 'a page that was open goes on');
    const again = await openPopup(person, app);
    assert.equal(kidOf(again.message.credential ?? ''), kid, 'who is signed in stays so');
    const tokens = await redeem(app, { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI });
    assert.equal(kidOf(String(tokens['id_token'])), madeBy(rotation, 'RS256'), 'each algorithm has its own key');
    const next = await rotateSigningKey(repository(), 0);
    await until(async () => kidOf(await accessToken()) === madeBy(next));
    const refreshed = await redeem(app, {
      grant_type: 'refresh_token',
      refresh_token: String(tokens['refresh_token']),
    });
    assert.equal(kidOf(String(refreshed['id_token'])), madeBy(next, 'RS256'));
  });

  it('of a leaked key takes effect at once, and what that key signed is refused', async () => {
    const [oldCredential, oldToken] = [await credential(), await accessToken()];
    const waiting = await rotateSigningKey(repository());
    const all = await Promise.all(ID_TOKEN_ALGS.map((alg) => publishedKids(app, alg)));
    const replacement = await replaceSigningKeys(repository());
    const { withdrawn } = replacement;
    assert.ok(withdrawn.includes(kidOf(oldCredential) ?? '') && withdrawn.includes(madeBy(waiting)));
    assert.ok(
      all.flat().every((kid) => withdrawn.includes(String(kid))),
      'those of every algorithm',
    );
    for (const alg of ID_TOKEN_ALGS)
      await until(async () => (await publishedKids(app, alg)).join() === madeBy(replacement, alg));
    assert.equal(await apiStatus(platform.url, oldToken), 401);
    await assert.rejects(
      backend()(oldCredential, app),
      (error: unknown) => (error as CredentialError).code === 'unknown_key',
    );
    await backend()(await credential(), app);
    assert.equal(await apiStatus(platform.url, await accessToken()), OPENS);
  });
});

/** Signs in and agrees by redirect, as a backend with an OpenID Connect library does. @returns the unredeemed code */
async function redirectedCode(platform: TestPlatform, { clientId, issuer }: App): Promise<string> {
  const browser = platform.browser();
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: REDIRECT_URI,
    scope: 'openid offline_access',
    prompt: 'consent',
    state: 's',
    nonce: NONCE,
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  });
  const consent = await pickJane(browser, await browser.get(`${issuer}/authorize?${query}`));
  const { action, values } = consent.form('/consent');
  // The last redirect leads to the vendor's page, which does not exist.
  let response = await send(browser, platform.url, action, values);
  while (response.location.startsWith(platform.url)) response = await send(browser, platform.url, response.location);
  return new URL(response.location).searchParams.get('code') ?? assert.fail(response.location);
}

async function send(
  browser: HttpBrowser,
  origin: string,
  target: string,
  form?: Record<string, string | string[]>,
): Promise<{ location: string }> {
  const url = new URL(target, origin);
  const response = await fetch(url, {
    redirect: 'manual',
    headers: {
      cookie: browser.cookieHeader(url.pathname),
      ...(form && { origin, 'content-type': 'application/x-www-form-urlencoded' }),
    },
    ...(form && {
      method: 'POST',
      body: new URLSearchParams(
        Object.entries(form).flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
      ),
    }),
  });
  await response.text();
  return { location: response.headers.get('location') ?? assert.fail(`${response.status}`) };
}

async function redeem(app: App, parameters: Record<string, string>): Promise<Record<string, unknown>> {
  const response = await fetch(`${app.issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk', ...parameters }),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  assert.equal(response.status, 200, JSON.stringify(answer));
  return answer;
}

describe('a rotation that several processes see (PostgreSQL)', () => {
  const PUBLIC_URL = 'http://platform.localhost';
  let database: TestDatabase;
  let here: TestPlatform;
  let other: PlatformProcess;
  const env = () => ({
    DATABASE_URL: database.settings.databaseUrl ?? '',
    DATA_DIR: temporaryDirectory(),
    PUBLIC_URL,
  });
  before(async () => {
    database = await createTestDatabase('PostgreSQL');
    here = await startTestPlatform(env(), { signingKeyPollMs: POLL_MS });
    other = await PlatformProcess.start(env());
  });
  after(async () => {
    await other.kill();
    await here.close();
    await database.remove();
  });

  it('is followed by all processes, also by one that is killed in the middle of it', async () => {
    const { port } = here.app.server.address() as { port: number };
    const local = `http://localhost:${port}`;
    const app = await here.createApp({ environment: 'production' });
    const login = { client_id: app.clientId, client_secret: app.clientSecret, environment: 'production' };
    const mint = async (url: string) => tokenOf(await logIn({ url }, login));
    const before = [await mint(local), await mint(other.url)];
    assert.equal(new Set(before.map(kidOf)).size, 1);

    const kid = madeBy(await rotateSigningKey(here.storage.realm('production').signingKeys, 3_000));
    await other.kill();
    other = await PlatformProcess.start(env());
    for (const url of [local, other.url]) {
      await until(async () => (await publishedKids({ issuer: url })).includes(kid));
      await until(async () => kidOf(await mint(url)) === kid);
    }
    for (const token of [...before, await mint(local), await mint(other.url)]) {
      for (const url of [local, other.url]) assert.equal(await apiStatus(url, token), OPENS);
    }
    assert.deepEqual(await publishedKids({ issuer: other.url }), await publishedKids({ issuer: local }));
  });
});

describe('one process’s copy of the keys', () => {
  const silent = { info: () => {}, warn: () => {} };

  it('follows the clock when the database does not answer, and the database when it does', async () => {
    const realm = await openTestRealm();
    const { signingKeys } = realm.rows;
    let nowMs = Date.now();
    const keys = await SigningKeys.open(signingKeys, { log: silent, pollIntervalMs: 3_600_000, now: () => nowMs });
    const changes: string[] = [];
    const told = (published: readonly JWK[]) => published.map(({ kid = '' }) => kid.slice(0, 6)).join(' ');
    keys.onChange((published) => void changes.push(told(published)));
    const before = await loadSigningKeys(signingKeys);
    const rotation = await rotateSigningKey(signingKeys);
    const inTurn = (first: readonly JWK[], second: readonly JWK[]) =>
      told(first.flatMap((key, index) => [key, ...second.slice(index, index + 1)]));

    await keys.refresh();
    await keys.refresh();
    assert.deepEqual(changes, [inTurn(before, rotation.keys)], 'told once');
    await realm.close();
    // Counted from the rotation, which takes seconds on a busy machine.
    nowMs = Date.now() + SIGNING_KEY_LEAD_MS + 1_000;
    await keys.refresh();
    nowMs += SIGNING_KEY_RETENTION_MS;
    await keys.refresh();
    assert.deepEqual(changes.slice(1), [inTurn(rotation.keys, before), told(rotation.keys)]);
    assert.deepEqual(
      keys.published.map(({ kid }) => kid),
      rotation.keys.map(({ kid }) => kid),
    );
    await keys.close();
  });

  it('publishes each key before it signs, and until everything it signed has expired', () => {
    const longestMs = Math.max(ACCESS_TOKEN_LIFETIME_SECONDS, CREDENTIAL_LIFETIME.max) * 1_000;
    assert.ok(SIGNING_KEY_RETENTION_MS >= longestMs + 60_000);
    // The client library caches keys for ten minutes, and /jwks may be cached for five.
    assert.ok(SIGNING_KEY_LEAD_MS >= 10 * 60_000);
  });
});
