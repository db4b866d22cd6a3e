import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { AppSecrets } from '../../storage/app-environments.ts';
import { ApiCaller } from '../../testing/api-caller.ts';
import { startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';
import { API_ROUTES } from './routes.ts';

/** As external_login gives them, long expired. */
const TOKEN = 'eyJhbGciOiJFUzI1NiJ9.eyJleHAiOjF9.c2ln';

describe('access to the user API', () => {
  let platform: TestPlatform;
  let app: AppSecrets;
  before(async () => {
    platform = await startTestPlatform({ TRUST_PROXY: '127.0.0.1' });
    app = await platform.createApp();
  });
  after(() => platform.close());

  const get = async (headers: Record<string, string>) => {
    const response = await fetch(`${platform.url}/1/users`, { headers });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as { error?: string; message?: string },
    };
  };
  const basic = (pair: string) => ({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` });

  it('opens to the key as user name of HTTP Basic, or as X-Api-Key', async () => {
    assert.equal((await get(basic(`${app.apiKey}:`))).status, 200);
    assert.equal((await get(basic(app.apiKey))).status, 200);
    assert.equal((await get({ 'x-api-key': app.apiKey })).status, 200);
  });

  const refused: [title: string, headers: () => Record<string, string>, status: number, error: string][] = [
    ['nothing', () => ({}), 401, 'missing_api_key'],
    ['an empty key', () => ({ 'x-api-key': '' }), 401, 'missing_api_key'],
    ['an unknown key', () => ({ 'x-api-key': 'sk_test_unknown' }), 401, 'invalid_api_key'],
    ['a key cut short', () => ({ 'x-api-key': app.apiKey.slice(0, -1) }), 401, 'invalid_api_key'],
    ['the client secret', () => ({ 'x-api-key': app.clientSecret }), 401, 'invalid_api_key'],
    ['the client_id', () => basic(`${app.clientId}:`), 401, 'invalid_api_key'],
    ['the key as password', () => basic(`user:${app.apiKey}`), 401, 'invalid_authorization'],
    ['a key and a password', () => basic(`${app.apiKey}:x`), 401, 'invalid_authorization'],
    ['Basic without anything', () => ({ authorization: 'Basic' }), 401, 'invalid_authorization'],
    ['Basic of nothing', () => ({ authorization: 'Basic !!!' }), 401, 'invalid_authorization'],
    ['another scheme', () => ({ authorization: `Digest ${app.apiKey}` }), 401, 'invalid_authorization'],
    ['the key as a token', () => ({ authorization: `Bearer ${app.apiKey}` }), 401, 'invalid_token'],
    ['two ways at once', () => ({ ...basic(`${app.apiKey}:`), 'x-api-key': app.apiKey }), 400, 'invalid_request'],
  ];
  for (const [title, headers, status, error] of refused) {
    it(`is closed to ${title}`, async () => {
      const answer = await get(headers());
      assert.deepEqual([answer.status, answer.body.error], [status, error]);
      assert.equal(/^Basic realm=/.test(answer.headers.get('www-authenticate') ?? ''), status === 401);
      assert.equal(answer.headers.get('ratelimit'), null, 'nobody’s quota');
    });
  }

  const hints: [title: string, headers: () => Record<string, string>, hint: RegExp][] = [
    ['the key as a token', () => ({ authorization: `Bearer ${app.apiKey}` }), /API key and no token.+X-Api-Key/],
    ['an old token', () => ({ authorization: `Bearer ${TOKEN}` }), /token has expired or is not valid/],
    ['a token as a key', () => ({ 'x-api-key': TOKEN }), /token and no key.+Authorization: Bearer/],
    ['a token as user name', () => basic(`${TOKEN}:`), /token and no key.+Authorization: Bearer/],
    ['the client secret', () => ({ 'x-api-key': app.clientSecret }), /begins with sk_live_ or sk_test_/],
    ['a key cut short', () => ({ 'x-api-key': app.apiKey.slice(0, -1) }), /Copy the secret key again/],
  ];
  for (const [title, headers, hint] of hints) {
    it(`says what ${title} is`, async () => {
      const { status, body } = await get(headers());
      assert.equal(status, 401);
      assert.match(body.message ?? '', hint);
    });
  }

  it('does not read the body of who has no key', async () => {
    const response = await fetch(`${platform.url}/1/users`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{ not json',
    });
    assert.equal(response.status, 401);
  });

  it('lets a read-only key read, and no more', async () => {
    const { id } = await new ApiCaller(platform, app.apiKey).createUser();
    const { key } = await platform.storage.apiKeys.create(app.clientId, { name: 'Reports', readOnly: true });
    const reader = new ApiCaller(platform, key);
    assert.equal((await reader.get(`/users/${id}`)).status, 200);
    assert.equal((await reader.get('/users')).status, 200);
    for (const write of [
      reader.post('/users', {}),
      reader.put(`/users/${id}`, { roles: 'vip' }),
      reader.delete(`/users/${id}`),
      reader.post('/auth/signin', {}),
    ]) {
      const { status, body } = await write;
      assert.deepEqual([status, body['error']], [403, 'read_only_key']);
    }
  });

  it('says of each call whether it may change something', () => {
    const reading = API_ROUTES.filter(({ rights }) => rights === 'read').map(({ operation }) => operation);
    assert.deepEqual(reading.sort(), ['getSandboxMail', 'getUser', 'listEvents', 'listSandboxMails', 'listUsers']);
  });

  it('keeps a key to its network addresses', async () => {
    const addressRanges = ['203.0.113.0/24', '198.51.100.7', '2001:db8::/32'];
    const { key } = await platform.storage.apiKeys.create(app.clientId, { name: 'Office', addressRanges });
    const from = async (address: string) =>
      (await new ApiCaller(platform, key).get('/users', { 'x-forwarded-for': address })).status;
    for (const address of ['203.0.113.9', '198.51.100.7', '2001:db8:1::1', '::ffff:203.0.113.9']) {
      assert.equal(await from(address), 200, address);
    }
    for (const address of ['203.0.114.9', '198.51.100.8', '2001:db9::1', 'unknown', '::ffff:192.0.2.1']) {
      assert.equal(await from(address), 403, address);
    }
    const { body } = await new ApiCaller(platform, key).get('/users');
    assert.equal(body['error'], 'address_not_allowed');
  });

  it('is closed to a disabled app until it is enabled again', async () => {
    const { appId, apiKey } = await platform.createApp();
    const vendor = new ApiCaller(platform, apiKey);
    await platform.storage.apps.setDisabled(appId, true);
    const { status, body } = await vendor.get('/users');
    assert.deepEqual([status, body['error']], [402, 'app_disabled']);
    await platform.storage.apps.setDisabled(appId, false);
    assert.equal((await vendor.get('/users')).status, 200);
  });

  it('shows each key its own app and realm only', async () => {
    const keys = [
      app.apiKey,
      (await platform.createApp()).apiKey,
      (await platform.createApp({ environment: 'production' })).apiKey,
    ];
    const vendors = keys.map((key) => new ApiCaller(platform, key));
    const users = await Promise.all(vendors.map((vendor) => vendor.createUser({ email: 'same@example.com' })));
    for (const [index, vendor] of vendors.entries()) {
      for (const [other, { id }] of users.entries()) {
        assert.equal((await vendor.get(`/users/${id}`)).status, index === other ? 200 : 404);
      }
    }
  });
});
