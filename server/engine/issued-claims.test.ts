import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { HttpBrowser, Page } from '../testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

const NAME_ALONE = [{ field: 'name', required: true }] as const;
const BESIDES = ['aud', 'environment', 'exp', 'iat', 'is_new_user', 'iss', 'jti', 'nonce', 'sub'];

describe('the claims of a credential', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  type App = Awaited<ReturnType<TestPlatform['createApp']>>;
  /** A request by scope and not claim by claim, as any OpenID Connect library sends it. */
  const askByScope = (browser: HttpBrowser, { issuer, clientId }: App, more: Record<string, string> = {}) =>
    browser.follow(
      `${issuer}/authorize?${new URLSearchParams({
        client_id: clientId,
        response_type: 'id_token',
        response_mode: 'web_message',
        redirect_uri: SHOP_ORIGIN,
        scope: 'openid profile',
        state: 's',
        nonce: 'n',
        ...more,
      })}`,
      SHOP_ORIGIN,
    );
  /** The copy of the persona that has just been made for a browser. */
  async function latestJane() {
    const { accounts } = platform.storage.realm('sandbox');
    const [jane] = await accounts.list({ email: 'jane.doe@example.com', limit: 1 });
    return jane ?? assert.fail('nobody is signed in');
  }

  /** Signs in the persona that has a value for every field, and agrees to everything. */
  async function agree(browser: HttpBrowser, first: Page): Promise<Page> {
    return browser.submit(await browser.submit(first, '/persona', { persona: 'complete' }), '/consent');
  }
  const told = (page: Page) =>
    Object.keys(page.claims)
      .filter((claim) => !BESIDES.includes(claim))
      .sort();

  it('are only those of registered fields, even when a scope has more', async () => {
    const app = await platform.createApp({ fields: NAME_ALONE });
    const browser = platform.browser();
    assert.deepEqual(told(await agree(browser, await askByScope(browser, app))), ['family_name', 'given_name', 'name']);
  });

  it('do not include a field that the app has given up since the consent', async () => {
    const fields = [...NAME_ALONE, { field: 'locale', required: true }] as const;
    const app = await platform.createApp({ fields });
    const browser = platform.browser();
    assert.ok(told(await agree(browser, await askByScope(browser, app))).includes('locale'));
    await platform.storage.apps.updateSettings(app.appId, { name: 'Test Shop', fields: [...NAME_ALONE] });
    assert.deepEqual(told(await askByScope(browser, app)), ['family_name', 'given_name', 'name']);
  });

  it('never include our own id of the account', async () => {
    const app = await platform.createApp({ fields: NAME_ALONE });
    const browser = platform.browser();
    await agree(browser, await askByScope(browser, app));
    const { id } = await latestJane();
    const errorFor = async (sub: unknown) => {
      const claims = JSON.stringify({ id_token: { sub } });
      return (await askByScope(browser, app, { prompt: 'none', claims })).message.error;
    };
    assert.equal(await errorFor(null), undefined, 'control: somebody is signed in');
    assert.equal(await errorFor({ value: id }), 'login_required', 'but not under this name');
  });

  it('are not issued for a blocked account whose session still exists', async () => {
    const app = await platform.createApp({ fields: NAME_ALONE });
    const { accounts } = platform.storage.realm('sandbox');
    const browser = platform.browser();
    await agree(browser, await askByScope(browser, app));
    const { id } = await latestJane();
    assert.ok((await askByScope(browser, app)).claims, 'nobody is asked again');
    await accounts.setBlocked(id, true);
    const page = await askByScope(browser, app);
    assert.equal(page.delivery, undefined);
    assert.match(page.heading, /^Sign in$/);
    assert.equal((await askByScope(browser, app, { prompt: 'none' })).message.error, 'login_required');
  });
});
