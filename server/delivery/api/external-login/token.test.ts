import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type Environment, issuerOf, realmOf } from '@signup-with-platform/protocol';
import { createRemoteJWKSet, decodeJwt, jwtVerify, SignJWT } from 'jose';
import { loadSigningKeys } from '#engine/signing-keys.ts';
import type { AppSecrets } from '#storage/app-environments.ts';
import type { HttpBrowser, Page } from '#testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { AccessTokens } from '../access-token.ts';
import { logIn, tokenOf } from './testing/send.ts';

const REDIRECT_URI = 'https://shop.example/callback';

describe('the token of external_login', () => {
  let platform: TestPlatform;
  const apps = new Map<Environment, AppSecrets>();
  before(async () => {
    platform = await startTestPlatform();
    for (const environment of ['localhost', 'development:sandbox', 'production'] as const)
      apps.set(environment, await platform.createApp({ environment, redirectUris: [REDIRECT_URI] }));
  });
  after(() => platform.close());

  const appOf = (environment: Environment) => apps.get(environment) as AppSecrets;
  const tokenFor = async (environment: Environment) => {
    const { clientId, clientSecret } = appOf(environment);
    return tokenOf(await logIn(platform, { client_id: clientId, client_secret: clientSecret, environment }));
  };
  /** 404 when the token is accepted, because there is no such user. */
  const callWith = async (token: string) => {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${platform.url}/1/users/nobody-by-this-id`, { headers });
    return { status: response.status, error: ((await response.json()) as { error: string }).error };
  };
  const REFUSED = { status: 401, error: 'invalid_token' };

  for (const environment of ['localhost', 'development:sandbox', 'production'] as const) {
    it(`is an RFC 9068 access token, verified by the JWKS of its issuer (${environment})`, async () => {
      const { clientId } = appOf(environment);
      const issuer = issuerOf(platform.url, realmOf(environment));
      const beforeSeconds = Math.floor(Date.now() / 1000);
      const { payload, protectedHeader } = await jwtVerify(
        await tokenFor(environment),
        createRemoteJWKSet(new URL(`${issuer}/jwks`)),
        { issuer, audience: `${platform.url}/1`, typ: 'at+jwt', algorithms: ['ES256'] },
      );
      const { iat = 0, exp, jti, ...claims } = payload;
      assert.deepEqual(claims, {
        iss: issuer,
        aud: `${platform.url}/1`,
        sub: clientId,
        client_id: clientId,
        environment,
        scope: 'users',
      });
      assert.equal(exp, iat + 3_600);
      assert.ok(iat >= beforeSeconds && iat <= Date.now() / 1000);
      assert.ok(typeof jti === 'string' && jti.length >= 20);
      assert.deepEqual(Object.keys(protectedHeader).sort(), ['alg', 'kid', 'typ']);
    });

    it(`opens the user API (${environment})`, async () => {
      assert.deepEqual(await callWith(await tokenFor(environment)), { status: 404, error: 'not_found' });
    });
  }

  it('is another one each time', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, async () => decodeJwt(await tokenFor('localhost')).jti));
    assert.equal(new Set(ids).size, 20);
  });

  it('is refused once it is altered', async () => {
    const [header = '', claims = '', signature = ''] = (await tokenFor('localhost')).split('.');
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const altered = encode({
      ...decodeJwt(`${header}.${claims}.${signature}`),
      client_id: appOf('production').clientId,
    });
    const unsigned = encode({ alg: 'none', typ: 'at+jwt' });
    for (const token of [
      `${header}.${altered}.${signature}`,
      `${unsigned}.${claims}.`,
      `${header}.${claims}.`,
      `${header}.${claims}.${signature.slice(0, -4)}AAAA`,
      'x',
    ]) {
      assert.deepEqual(await callWith(token), REFUSED);
    }
  });

  it('ends with its secret: at once, or after the time of grace', async () => {
    const { clientId, clientSecret } = await platform.createApp();
    const { clientSecrets } = platform.storage;
    const logInWith = async (secret: string) =>
      tokenOf(await logIn(platform, { client_id: clientId, client_secret: secret, environment: 'localhost' }));
    const first = await logInWith(clientSecret);
    const second = (await clientSecrets.replace(clientId, 3_600_000)) ?? '';
    const ofSecond = await logInWith(second);
    assert.equal((await callWith(first)).status, 404, 'within the time of grace');
    assert.equal((await callWith(ofSecond)).status, 404);
    await clientSecrets.endPrevious(clientId);
    assert.deepEqual(await callWith(first), REFUSED);
    assert.equal((await callWith(ofSecond)).status, 404);
    const third = (await clientSecrets.replace(clientId, 0)) ?? '';
    assert.deepEqual(await callWith(ofSecond), REFUSED, 'rotated now');
    assert.equal((await callWith(await logInWith(third))).status, 404);
  });

  it('of an earlier version, which names no secret, goes on', async () => {
    const { clientId } = await platform.createApp();
    const { tokens } = await mintsOf('localhost');
    assert.equal((await callWith(tokens.mint({ clientId, environment: 'localhost' }))).status, 404);
  });

  it('is refused once its app is disabled', async () => {
    const { appId, clientId, clientSecret } = await platform.createApp();
    const fields = { client_id: clientId, client_secret: clientSecret, environment: 'localhost' };
    const token = tokenOf(await logIn(platform, fields));
    await platform.storage.apps.setDisabled(appId, true);
    assert.deepEqual(await callWith(token), { status: 402, error: 'app_disabled' });
    await platform.storage.apps.setDisabled(appId, false);
    assert.deepEqual(await callWith(token), REFUSED, 'and stays so when the app goes on');
    const { tokens } = await mintsOf('localhost');
    const earlier = tokens.mint({ clientId, environment: 'localhost' });
    assert.deepEqual(await callWith(earlier), REFUSED, 'one of an earlier version, too');
    assert.equal((await callWith(tokenOf(await logIn(platform, fields)))).status, 404, 'a new one works at once');
  });

  const mintsOf = async (environment: Environment) => {
    const realm = realmOf(environment);
    const keys = await loadSigningKeys(platform.storage.realm(realm).signingKeys);
    return { keys, tokens: await AccessTokens.create(issuerOf(platform.url, realm), platform.url, keys) };
  };
  for (const [home, abroad] of [
    ['localhost', 'production'],
    ['development:sandbox', 'production'],
    ['production', 'localhost'],
    ['production', 'development:sandbox'],
  ] as const) {
    it(`signed in the realm of ${home} is refused as one of ${abroad}`, async () => {
      const { tokens } = await mintsOf(home);
      const foreign = tokens.mint({ clientId: appOf(abroad).clientId, environment: abroad });
      assert.deepEqual(await callWith(foreign), REFUSED);
      const mislabelled = tokens.mint({ clientId: appOf(abroad).clientId, environment: home });
      assert.deepEqual(await callWith(mislabelled), REFUSED);
      // The same keys do open their own.
      const own = tokens.mint({ clientId: appOf(home).clientId, environment: home });
      assert.equal((await callWith(own)).status, 404);
    });
  }

  it("is refused when signed with the other realm's key under this realm's name", async () => {
    const { keys } = await mintsOf('localhost');
    const forger = await AccessTokens.create(platform.url, platform.url, keys);
    assert.deepEqual(
      await callWith(forger.mint({ clientId: appOf('production').clientId, environment: 'production' })),
      REFUSED,
    );
  });

  describe('signed with the right key, is refused', () => {
    const now = () => Math.floor(Date.now() / 1000);
    /** A valid token with the changes of `change`. Undefined removes a claim. */
    async function signed(change: Record<string, unknown>, typ = 'at+jwt'): Promise<string> {
      const { keys } = await mintsOf('localhost');
      const { clientId } = appOf('localhost');
      const [key] = keys;
      assert.ok(key?.kid);
      const claims = {
        iss: `${platform.url}/sandbox`,
        aud: `${platform.url}/1`,
        sub: clientId,
        client_id: clientId,
        environment: 'localhost',
        scope: 'users',
        iat: now() - 3_600,
        exp: now() + 60,
        jti: 'x',
        ...change,
      };
      const given = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
      return new SignJWT(given).setProtectedHeader({ alg: 'ES256', typ, kid: key.kid }).sign(key);
    }

    it('control: not as it is', async () => {
      assert.equal((await callWith(await signed({}))).status, 404);
    });

    const rows: [title: string, change: () => Record<string, unknown>, typ?: string][] = [
      ['when expired', () => ({ exp: now() - 11 })],
      ['as another type of token', () => ({}), 'JWT'],
      ['when of another issuer', () => ({ iss: platform.url })],
      ['when of the issuer with a slash', () => ({ iss: `${platform.url}/sandbox/` })],
      ['when for the platform as such', () => ({ aud: platform.url })],
      ['when for an app, as a credential is', () => ({ aud: appOf('localhost').clientId })],
      ['when for another version of the API', () => ({ aud: `${platform.url}/2` })],
      ['when of no environment', () => ({ environment: 'staging' })],
      ...['iss', 'aud', 'sub', 'exp', 'iat', 'jti', 'client_id', 'environment'].map(
        (claim) => [`without ${claim}`, () => ({ [claim]: undefined })] as [string, () => Record<string, unknown>],
      ),
    ];
    for (const [title, change, typ] of rows) {
      it(title, async () => assert.deepEqual(await callWith(await signed(change(), typ)), REFUSED));
    }
  });

  describe('is the only token that opens the user API', () => {
    let person: HttpBrowser;
    let credential: string;
    before(async () => {
      person = platform.browser();
      const { clientId } = appOf('localhost');
      const first = await person.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
      const form = await person.get(first.signUpAddress);
      const names = { given_name: 'Ada', family_name: 'Byron' };
      const account = { email: 'ada@example.com', password: 'an engine of difference' };
      const consent = await person.submit(form, '/sign-up', { ...names, ...account });
      credential = (await person.submit(consent, '/consent')).message.credential ?? '';
    });

    it('not a credential', async () => {
      assert.equal(decodeJwt(credential).aud, appOf('localhost').clientId);
      assert.deepEqual(await callWith(credential), REFUSED);
    });

    it("not the protocol engine's access token", async () => {
      const { clientId, clientSecret } = appOf('localhost');
      const verifier = randomBytes(32).toString('base64url');
      const query = new URLSearchParams({
        client_id: clientId,
        redirect_uri: REDIRECT_URI,
        response_type: 'code',
        scope: 'openid email profile',
        state: 's',
        nonce: 'n',
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      });
      let page: Page = await person.get(`/sandbox/authorize?${query}`);
      if (!page.url.href.startsWith(REDIRECT_URI)) page = await person.submit(page, '/consent');
      const response = await fetch(`${platform.url}/sandbox/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code: page.url.searchParams.get('code') ?? '',
          redirect_uri: REDIRECT_URI,
          code_verifier: verifier,
        }),
      });
      const tokens = (await response.json()) as { access_token?: string; id_token?: string };
      assert.ok(tokens.access_token && tokens.id_token, JSON.stringify(tokens));
      assert.deepEqual(await callWith(tokens.access_token), REFUSED);
      assert.deepEqual(await callWith(tokens.id_token), REFUSED);
    });
  });
});
