import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { CALLBACK, type Resident, resident, tokenRequest } from '../portal/testing/resident.ts';
import type { AppSecrets } from '../storage/app-environments.ts';
import type { Page } from '../testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

describe('offline_access', () => {
  let platform: TestPlatform;
  let person: Resident;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  async function setUp(more: { offlineAccess?: boolean } = {}): Promise<AppSecrets> {
    person = await resident(platform);
    return platform.createApp({ environment: 'production', redirectUris: [CALLBACK], ...more });
  }
  const verifier = randomBytes(32).toString('base64url');
  const query = ({ clientId }: AppSecrets, more: Record<string, string> = {}) => ({
    client_id: clientId,
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'openid offline_access email',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  });
  const ask = (shop: AppSecrets, more?: Record<string, string>) =>
    person.browser.follow(`/authorize?${new URLSearchParams(query(shop, more))}`, SHOP_ORIGIN);
  const redeem = (shop: AppSecrets, page: Page) =>
    tokenRequest(platform, shop, {
      grant_type: 'authorization_code',
      code: page.url.searchParams.get('code') ?? '',
      redirect_uri: CALLBACK,
      code_verifier: verifier,
    });
  const agree = async (shop: AppSecrets, page: Page) => redeem(shop, await person.browser.submit(page, '/consent'));
  const LINE = 'Stay connected while you’re away';

  it('is shown and given without prompt=consent, and nobody is asked twice', async () => {
    const shop = await setUp();
    const consent = await ask(shop);
    assert.ok(consent.html.includes(LINE));
    assert.ok((await agree(shop, consent)).refresh_token);
    const again = await ask(shop);
    assert.ok(again.url.searchParams.has('code'), 'without a page');
    assert.ok((await redeem(shop, again)).refresh_token);
    const asked = await ask(shop, { prompt: 'consent' });
    assert.ok(asked.html.includes(LINE), 'prompt=consent shows all of it again');
    assert.ok((await agree(shop, asked)).refresh_token);
  });

  it('is asked alone of who has not been shown it', async () => {
    const shop = await setUp();
    const first = await ask(shop, { scope: 'openid email' });
    assert.ok(!first.html.includes(LINE));
    assert.equal((await agree(shop, first)).refresh_token, undefined);
    const none = await ask(shop, { prompt: 'none' });
    assert.match(none.url.searchParams.get('error') ?? '', /^(consent|interaction)_required$/);
    const consent = await ask(shop);
    assert.ok(consent.html.includes(LINE));
    assert.ok(!consent.html.includes('class="value"'), 'no field is open');
    assert.ok((await agree(shop, consent)).refresh_token);
  });

  it('is not agreed to by a form that did not show it', async () => {
    const shop = await setUp();
    const page = await person.browser.submit(await ask(shop), '/consent', { stay: [] });
    assert.equal(page.status, 409);
    assert.ok(page.html.includes(LINE), 'shown now');
    assert.equal(
      await platform.storage.realm('production').grants.findFor(shop.clientId, person.account.id),
      undefined,
    );
    assert.ok((await agree(shop, page)).refresh_token);
  });

  it('is given to a request that was posted', async () => {
    const shop = await setUp();
    const headers = { origin: SHOP_ORIGIN, referer: `${SHOP_ORIGIN}/`, 'sec-fetch-site': 'cross-site' };
    const consent = await person.browser.post('/authorize', query(shop), headers);
    assert.ok(consent.html.includes(LINE));
    assert.ok((await agree(shop, consent)).refresh_token);
  });

  it('is refused, and not dropped, when the app has turned it off', async () => {
    const shop = await setUp({ offlineAccess: false });
    for (const prompt of [{}, { prompt: 'consent' }]) {
      const { url } = await ask(shop, prompt);
      assert.equal(url.origin, SHOP_ORIGIN);
      assert.equal(url.searchParams.get('error'), 'invalid_scope');
      assert.match(url.searchParams.get('error_description') ?? '', /turned off offline_access/);
    }
    assert.ok((await agree(shop, await ask(shop, { scope: 'openid email' }))).id_token);
  });

  it('is not given to a page, whose answer says so', async () => {
    const shop = await platform.createApp({ environment: 'production', redirectUris: [CALLBACK] });
    person = await resident(platform);
    const page = await person.browser.submit(await ask(shop), '/consent');
    const response = await fetch(`${platform.url}/token`, {
      method: 'POST',
      headers: { origin: SHOP_ORIGIN },
      body: new URLSearchParams({
        client_id: shop.clientId,
        grant_type: 'authorization_code',
        code: page.url.searchParams.get('code') ?? '',
        redirect_uri: CALLBACK,
        code_verifier: verifier,
      }),
    });
    const { refresh_token: token, scope } = (await response.json()) as Record<string, string>;
    assert.deepEqual([response.status, token, scope], [200, undefined, 'openid email']);
  });

  it('is told on the account’s page of the shop, where disconnecting ends it', async () => {
    const shop = await setUp();
    const path = `/account/shops/${shop.clientId}`;
    await agree(shop, await ask(shop, { scope: 'openid email' }));
    assert.doesNotMatch((await person.browser.get(path)).html, /stays connected/);
    const { refresh_token: token = '' } = await agree(shop, await ask(shop));
    assert.match((await person.browser.get(path)).html, /stays connected/);
    const refresh = () => tokenRequest(platform, shop, { grant_type: 'refresh_token', refresh_token: token });
    assert.ok((await refresh()).access_token);
    await person.browser.submit(await person.browser.get(`${path}/disconnect`), '/disconnect');
    assert.equal((await refresh()).error, 'invalid_grant');
  });
});
