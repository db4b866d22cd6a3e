import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { REALMS } from '@signup-with-platform/protocol';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';
import { realmPrefix } from './realm-context.ts';

it('realmPrefix is the path of the realm’s issuer', () => {
  assert.deepEqual(REALMS.map(realmPrefix), ['', '/sandbox']);
});

describe('the realms of one server', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  const get = async (path: string) => (await fetch(platform.url + path)).json() as Promise<Record<string, unknown>>;

  it('publish their own issuer and endpoints', async () => {
    for (const [realm, prefix] of [
      ['production', ''],
      ['sandbox', '/sandbox'],
    ] as const) {
      const metadata = await get(`${prefix}/.well-known/openid-configuration`);
      const issuer = `${platform.url}${prefix}`;
      assert.equal(metadata['issuer'], issuer, realm);
      for (const [name, value] of Object.entries(metadata))
        if (/_(endpoint|uri)$/.test(name)) assert.ok(String(value).startsWith(`${issuer}/`), `${name}: ${value}`);
      assert.deepEqual(metadata['id_token_signing_alg_values_supported'], ['ES256', 'RS256', 'EdDSA']);
      assert.deepEqual(metadata['subject_types_supported'], ['pairwise']);
    }
  });

  it('sign with their own keys, and publish no private part', async () => {
    const [production, sandbox] = await Promise.all([get('/jwks'), get('/sandbox/jwks')]);
    const kids = [production, sandbox].flatMap(({ keys }) => {
      const [ec, rsa, okp, ...others] = keys as Record<string, unknown>[];
      assert.equal(others.length, 0);
      assert.deepEqual(Object.keys(ec ?? {}).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
      assert.deepEqual(Object.keys(rsa ?? {}).sort(), ['alg', 'e', 'kid', 'kty', 'n', 'use']);
      assert.deepEqual(Object.keys(okp ?? {}).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x']);
      return [ec, rsa, okp].map((key) => key?.['kid']);
    });
    assert.equal(new Set(kids).size, 6);
  });

  it('keep apps, people and sessions apart', async () => {
    const sandboxApp = await platform.createApp({ environment: 'localhost' });
    const liveApp = await platform.createApp({ environment: 'production' });
    const browser = platform.browser();
    const open = (client_id: string) => browser.openPopup({ client_id, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
    const consent = await browser.submit(await open(sandboxApp.clientId), '/persona', { persona: 'complete' });
    const { claims } = await browser.submit(consent, '/consent');
    assert.equal(claims['iss'], `${platform.url}/sandbox`);

    const first = await open(liveApp.clientId);
    assert.equal(first.heading, 'Sign in', 'the sandbox’s session does not count in production');
    const signIn = await browser.submit(first, '/sign-in', {
      email: 'jane.doe@example.com',
      password: 'whatever it is',
    });
    assert.equal(signIn.status, 400);

    for (const [path, clientId] of [
      ['/authorize', sandboxApp.clientId],
      ['/sandbox/authorize', liveApp.clientId],
    ]) {
      const query = new URLSearchParams({
        client_id: String(clientId),
        redirect_uri: SHOP_ORIGIN,
        response_type: 'id_token',
        response_mode: 'web_message',
        scope: 'openid',
        nonce: 'n',
        state: 's',
      });
      const page = await browser.get(`${path}?${query}`);
      assert.equal(page.status, 400);
      assert.match(page.heading, /don’t know this shop/);
      assert.equal(page.delivery, undefined);
    }
  });

  it('set their own cookies, which scripts cannot read', async () => {
    for (const environment of ['localhost', 'production'] as const) {
      const { clientId } = await platform.createApp({ environment });
      const query = new URLSearchParams({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
      const response = await fetch(`${platform.url}/popup?${query}`);
      const lines = response.headers.getSetCookie();
      assert.ok(lines.length > 0);
      for (const line of lines) {
        assert.match(line, environment === 'production' ? /^production-/ : /^sandbox-/);
        assert.match(line, /; httponly/i);
        assert.match(line, /; samesite=lax/i);
      }
    }
  });

  it('bind the session cookie to the host and to https, where PUBLIC_URL is https', async () => {
    const live = await startTestPlatform({ PUBLIC_URL: 'https://id.example' });
    const { port } = live.app.server.address() as { port: number };
    const { clientId } = await live.createApp({ environment: 'production' });
    await live.storage.realm('production').accounts.create({ email: 'a@example.com' });
    const query = new URLSearchParams({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
    const response = await fetch(`http://localhost:${port}/popup?${query}`);
    for (const line of response.headers.getSetCookie()) assert.match(line, /; secure/i);
    assert.match(response.headers.get('strict-transport-security') ?? '', /max-age=31536000/);
    await live.close();
  });
});
