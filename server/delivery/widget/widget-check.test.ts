import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { AppSecrets } from '../../storage/app-environments.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';

const REDIRECT_URI = `${SHOP_ORIGIN}/back`;

describe('GET /widget/check', () => {
  let platform: TestPlatform;
  let app: AppSecrets;

  before(async () => {
    platform = await startTestPlatform({ TRUST_PROXY: 'loopback' });
    app = await platform.createApp({ redirectUris: [REDIRECT_URI] });
  });
  after(() => platform.close());

  const check = (query: Record<string, string>) => {
    const headers = { origin: 'https://any.example', 'x-forwarded-for': '198.51.100.7' };
    return fetch(`${platform.url}/widget/check?${new URLSearchParams(query)}`, { headers });
  };
  async function told(query: Record<string, string>): Promise<Record<string, unknown>> {
    const response = await check(query);
    assert.equal(response.status, 200);
    const { now, ...rest } = (await response.json()) as Record<string, unknown>;
    assert.ok(Math.abs(Number(now) - Date.now()) < 5_000);
    return rest;
  }

  it('reveals what is registered, and nothing that /popup would not reveal', async () => {
    const client_id = app.clientId;
    const known = { known: true, enabled: true, environment: 'localhost' };
    const fields = { unregisteredFields: [], requiresNothing: false };
    assert.deepEqual(await told({ client_id, origin: SHOP_ORIGIN }), { ...known, ...fields, originRegistered: true });
    assert.deepEqual(await told({ client_id, origin: SHOP_ORIGIN, redirect_uri: REDIRECT_URI }), {
      ...known,
      ...fields,
      originRegistered: true,
      redirectUriRegistered: true,
    });
    assert.deepEqual(await told({ client_id, origin: SHOP_ORIGIN, redirect_uri: `${REDIRECT_URI}/` }), {
      ...known,
      ...fields,
      originRegistered: true,
      redirectUriRegistered: false,
    });
    assert.deepEqual(await told({ client_id, origin: 'https://evil.example', redirect_uri: REDIRECT_URI }), {
      ...known,
      originRegistered: false,
    });
    const asked = await told({ client_id, origin: SHOP_ORIGIN, fields: 'name birthdate,shoe' });
    assert.deepEqual(asked['unregisteredFields'], ['birthdate', 'shoe']);
    assert.deepEqual(await told({ client_id: 'nobody', origin: SHOP_ORIGIN }), { known: false });
  });

  it('may be read by any page, without credentials, and is not cached', async () => {
    const { headers } = await check({ client_id: app.clientId, origin: SHOP_ORIGIN });
    assert.equal(headers.get('access-control-allow-origin'), '*');
    assert.equal(headers.get('access-control-allow-credentials'), null);
    assert.equal(headers.get('cross-origin-resource-policy'), 'cross-origin');
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('set-cookie'), null);
  });

  it('refuses an invalid query', async () => {
    for (const query of [{}, { client_id: app.clientId }, { client_id: 'x'.repeat(1_001), origin: SHOP_ORIGIN }]) {
      assert.equal((await check(query as Record<string, string>)).status, 400);
    }
    const twice = await fetch(`${platform.url}/widget/check?client_id=a&client_id=b&origin=c`);
    assert.equal(twice.status, 400);
  });

  it('is limited by network address', async () => {
    let response = await check({});
    for (let asked = 0; response.status === 400 && asked < 400; asked += 1) response = await check({});
    assert.equal(response.status, 429);
    assert.ok(Number(response.headers.get('retry-after')) > 0);
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
  });
});
