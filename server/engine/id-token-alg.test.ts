import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ID_TOKEN_ALGS, type IdTokenAlg } from '@signup-with-platform/protocol';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify, SignJWT, UnsecuredJWT } from 'jose';
import {
  askAsBackend,
  askAsPage,
  authorize,
  CHALLENGE,
  codeIn,
  REDIRECT_URI,
  type SandboxApp,
  VERIFIER,
} from '../testing/code-flow.ts';
import type { HttpBrowser, Page } from '../testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

const OFFLINE = { scope: 'openid offline_access', prompt: 'consent' };

describe('the algorithm of ID tokens', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  const newApp = (idTokenAlg?: IdTokenAlg) =>
    platform.createApp({ redirectUris: [REDIRECT_URI], ...(idTokenAlg && { idTokenAlg }) });
  const algOf = (token: string | undefined) => decodeProtectedHeader(token ?? '').alg;
  const redeemed = async (app: SandboxApp, page: Page) => (await askAsBackend(app, { code: codeIn(page) })).body;
  /** What the popup asks for on behalf of the element. */
  const openPopup = async (browser: HttpBrowser, { clientId }: SandboxApp, more: Record<string, string> = {}) => {
    const base = { client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' };
    const page = await browser.openPopup({ ...base, ...more });
    return browser.submit(page, '/persona', { persona: 'returning' });
  };

  it('is RS256 for a client that redeems a code, unless the app chose another', async () => {
    for (const [chosen, expected] of [
      [undefined, 'RS256'],
      ['ES256', 'ES256'],
      ['EdDSA', 'EdDSA'],
    ] as const) {
      const app = await newApp(chosen);
      const { id_token: token = '' } = await redeemed(app, await authorize(platform.browser(), app));
      const keys = createRemoteJWKSet(new URL(`${app.issuer}/jwks`));
      const { issuer, clientId: audience } = app;
      const verified = await jwtVerify(token, keys, { issuer, audience, algorithms: [expected] });
      assert.deepEqual(Object.keys(verified.protectedHeader).toSorted(), ['alg', 'kid']);
    }
  });

  it('is ES256 for what the popup asks for, whoever redeems it', async () => {
    const app = await newApp('RS256');
    const browser = platform.browser();
    assert.equal(algOf((await openPopup(browser, app)).message.credential), 'ES256');

    const code = { code: codeIn(await openPopup(platform.browser(), app, { response_type: 'code', ...CHALLENGE })) };
    const values = { ...code, code_verifier: VERIFIER, redirect_uri: SHOP_ORIGIN };
    assert.equal(
      algOf((await askAsBackend(app, values)).body.id_token),
      'ES256',
      'a backend that got it from the page',
    );

    const redirect = { mode: 'redirect', redirect_uri: REDIRECT_URI, ...CHALLENGE };
    const back = { code: codeIn(await openPopup(platform.browser(), app, redirect)), code_verifier: VERIFIER };
    assert.equal(algOf((await askAsPage(app, back)).body.id_token), 'ES256', 'the page itself went there');

    const severed = await openPopup(platform.browser(), app, { redirect_uri: REDIRECT_URI, ...CHALLENGE });
    assert.match(severed.delivery?.relay ?? '', /id_token_alg=ES256/, 'the popup could not post its answer');
  });

  it('is ES256 when the popup could not post its answer, and a code takes its place', async () => {
    const app = await newApp('RS256');
    const browser = platform.browser();
    const { delivery } = await openPopup(browser, app, { redirect_uri: REDIRECT_URI, ...CHALLENGE });
    const { relay = '' } = delivery ?? {};
    const page = await browser.get(relay, { 'sec-fetch-site': 'same-origin', referer: platform.url });
    const { body } = await askAsPage(app, { code: codeIn(page), code_verifier: VERIFIER });
    assert.equal(algOf(body.id_token), 'ES256');
  });

  it('is the app’s for a code in the fragment that another library asks for', async () => {
    const app = await newApp();
    const page = await authorize(platform.browser(), app, { response_mode: 'fragment', ...CHALLENGE });
    const { body } = await askAsPage(app, { code: codeIn(page), code_verifier: VERIFIER });
    assert.equal(algOf(body.id_token), 'RS256');
  });

  it('is decided when the code is issued, and refreshing keeps it', async () => {
    const app = await newApp();
    const page = await authorize(platform.browser(), app, OFFLINE);
    await platform.storage.apps.updateChoices(app.appId, { idTokenAlg: 'EdDSA' });
    let { id_token: token, refresh_token: refresh = '' } = await redeemed(app, page);
    for (let round = 1; round <= 3; round += 1) {
      assert.equal(algOf(token), 'RS256', `${round}`);
      const { body } = await askAsBackend(app, { grant_type: 'refresh_token', refresh_token: refresh });
      ({ id_token: token, refresh_token: refresh = refresh } = body);
    }
    const next = await authorize(platform.browser(), app);
    assert.equal(algOf((await redeemed(app, next)).id_token), 'EdDSA', 'from now on');
  });

  it('of codes and refresh tokens of an earlier version is what it was', async () => {
    const app = await newApp();
    const page = await authorize(platform.browser(), app, OFFLINE);
    const { db } = platform.database;
    /** Takes the property away that earlier versions did not write. */
    const asBefore = async (model: string) => {
      const records = db.selectFrom('oidc_records').select(['id_hash', 'payload']).where('model', '=', model);
      for (const { id_hash, payload } of await records.execute()) {
        const { idTokenAlg: _unknown, ...before } = JSON.parse(payload);
        const changed = db.updateTable('oidc_records').set({ payload: JSON.stringify(before) });
        await changed.where('id_hash', '=', id_hash).execute();
      }
    };
    await asBefore('AuthorizationCode');
    assert.equal(algOf((await redeemed(app, page)).id_token), 'ES256');

    const { refresh_token: refresh = '' } = await redeemed(app, await authorize(platform.browser(), app, OFFLINE));
    await asBefore('RefreshToken');
    const { body } = await askAsBackend(app, { grant_type: 'refresh_token', refresh_token: refresh });
    assert.equal(algOf(body.id_token), 'ES256');
  });

  for (const value of ['RS256', 'none', 'HS256', 'es256'])
    it(`is not for a request to choose: ${value}`, async () => {
      const app = await newApp();
      const { url } = await authorize(platform.browser(), app, { id_token_alg: value });
      assert.deepEqual([url.searchParams.get('error'), url.searchParams.get('code')], ['invalid_request', null]);
    });

  it('of a hint may be any that the platform signs with, and no other', async () => {
    const app = await newApp('EdDSA');
    const browser = platform.browser();
    const { message } = await openPopup(browser, app);
    const { credential = '' } = message;
    const own = [credential, (await redeemed(app, await authorize(browser, app))).id_token ?? ''];
    assert.deepEqual(own.map(algOf), ['ES256', 'EdDSA']);
    const claims = decodeJwt(credential);
    const secret = (text: string) => new TextEncoder().encode(text);
    const { clientSecretHash = '' } = (await platform.storage.appEnvironments.findByClientId(app.clientId)) ?? {};
    const forged = [
      new UnsecuredJWT(claims).encode(),
      await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(secret(app.clientSecret)),
      await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(secret(clientSecretHash)),
      `${credential.slice(0, -4)}AAAA`,
      'nonsense',
    ];
    const ask = async (hint: string) =>
      (await authorize(browser, app, { prompt: 'none', id_token_hint: hint })).url.searchParams;
    for (const hint of own) assert.ok((await ask(hint)).get('code'));
    for (const hint of forged) assert.equal((await ask(hint)).get('error'), 'invalid_request', hint);
  });

  it('has keys in the key set, each with its use, and of each algorithm one that signs', async () => {
    const app = await newApp();
    const { keys } = (await (await fetch(`${app.issuer}/jwks`)).json()) as { keys: Record<string, string>[] };
    assert.deepEqual(
      keys.map(({ alg, use }) => `${alg} ${use}`),
      ID_TOKEN_ALGS.map((alg) => `${alg} sig`),
    );
    const members: Record<string, string[]> = { EC: ['crv', 'x', 'y'], RSA: ['e', 'n'], OKP: ['crv', 'x'] };
    for (const { kty = '', ...key } of keys)
      assert.deepEqual(Object.keys(key).toSorted(), ['alg', 'kid', 'use', ...(members[kty] ?? [])].toSorted());
  });

  it('does not matter to userinfo, which is JSON', async () => {
    const app = await newApp();
    const { access_token: token } = await redeemed(app, await authorize(platform.browser(), app));
    const response = await fetch(`${app.issuer}/userinfo`, { headers: { authorization: `Bearer ${token}` } });
    assert.match(response.headers.get('content-type') ?? '', /^application\/json/);
    assert.ok(((await response.json()) as { sub: string }).sub);
  });
});
