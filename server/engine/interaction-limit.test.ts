import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { hashPassword } from '../domain/accounts/passwords.ts';
import type { AppSecrets } from '../storage/app-environments.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

const PASSWORD = 'an engine of difference';
const LIMIT = 3_000;
const MAX_STORED_LENGTH = 4_700;

describe('what strangers make the server keep', () => {
  let platform: TestPlatform;
  let app: AppSecrets;
  before(async () => {
    platform = await startTestPlatform({ TRUST_PROXY: 'loopback' });
    app = await platform.createApp({ environment: 'production', redirectUris: ['https://shop.example/cb'] });
  });
  after(() => platform.close());

  const authorize = (parameters: Record<string, string>, address = '198.51.100.1') => {
    const query = new URLSearchParams({
      client_id: app.clientId,
      redirect_uri: 'https://shop.example/cb',
      response_type: 'code',
      scope: 'openid',
      code_challenge: 'x'.repeat(43),
      code_challenge_method: 'S256',
      ...parameters,
    });
    return fetch(`${platform.url}/authorize?${query}`, {
      redirect: 'manual',
      headers: { 'x-forwarded-for': address, referer: 'https://shop.example/' },
    });
  };
  const kept = () => platform.database.db.selectFrom('oidc_records').select('payload').execute();

  it('is a request of a usual size, and no large one: the app is told', async () => {
    assert.match((await authorize({ state: 's'.repeat(3_000) })).headers.get('location') ?? '', /^\/interaction\//);
    for (const parameters of [
      { state: 's'.repeat(4_000) },
      { nonce: 'n'.repeat(12_000) },
      { login_hint: 'ü'.repeat(2_000), state: 's'.repeat(2_500) },
    ]) {
      const location = new URL((await authorize(parameters)).headers.get('location') ?? '');
      assert.equal(location.origin + location.pathname, 'https://shop.example/cb');
      assert.equal(location.searchParams.get('error'), 'invalid_request');
    }
    const records = await kept();
    assert.equal(records.length, 1);
    for (const { payload } of records) assert.ok(payload.length < MAX_STORED_LENGTH, `${payload.length}`);
  });

  it('is limited by network address, and nobody else is', async () => {
    const AT_ONCE = 50;
    for (let opened = 0; opened < LIMIT; opened += AT_ONCE) {
      await Promise.all(Array.from({ length: AT_ONCE }, () => authorize({}, '198.51.100.2')));
    }
    const before = (await kept()).length;
    const refused = await authorize({}, '198.51.100.2');
    assert.equal(refused.status, 429);
    assert.ok(Number(refused.headers.get('retry-after')) > 0);
    assert.match(await refused.text(), /Too many requests/);
    const popup = new URLSearchParams({ client_id: app.clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
    const opened = await fetch(`${platform.url}/popup?${popup}`, { headers: { 'x-forwarded-for': '198.51.100.2' } });
    assert.equal(opened.status, 429);
    assert.equal((await kept()).length, before);
    assert.equal((await authorize({}, '198.51.100.3')).status, 303);

    // A customer in that network, who is signed in, is not kept out by its strangers.
    const email = 'ada@example.com';
    const passwordHash = await hashPassword(PASSWORD);
    await platform.storage.realm('production').accounts.create({ email, emailVerified: true, passwordHash });
    const browser = platform.browser();
    browser.headers = { ...browser.headers, 'x-forwarded-for': '198.51.100.2' };
    await browser.submit(await browser.get('/account/sign-in'), '/account/sign-in', { email, password: PASSWORD });
    assert.equal((await browser.get(`/popup?${popup}`)).status, 200);
  });
});
