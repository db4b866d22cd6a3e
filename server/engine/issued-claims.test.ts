import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { HttpBrowser, Page } from '../testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

const NAME_ALONE = [{ field: 'name', required: true }] as const;
const BESIDES = ['aud', 'environment', 'exp', 'iat', 'is_new_user', 'iss', 'jti', 'nonce', 'sub'];

describe('what a credential holds', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  type App = Awaited<ReturnType<TestPlatform['createApp']>>;
  /** A request by hand, as any OpenID Connect library makes it: by scope, and not claim by claim. */
  const askByScope = (browser: HttpBrowser, { issuer, clientId }: App, more: Record<string, string> = {}) =>
    browser.get(
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
    );
  /** Signs a test person in who has an answer to every field, and agrees to what is asked. */
  async function agree(browser: HttpBrowser, first: Page): Promise<Page> {
    return browser.submit(await browser.submit(first, '/persona', { persona: 'complete' }), '/consent');
  }
  const told = (page: Page) =>
    Object.keys(page.claims)
      .filter((claim) => !BESIDES.includes(claim))
      .sort();

  it('is of a scope no more than the fields that the app has registered', async () => {
    const app = await platform.createApp({ fields: NAME_ALONE });
    const browser = platform.browser();
    assert.deepEqual(told(await agree(browser, await askByScope(browser, app))), ['family_name', 'given_name', 'name']);
  });

  it('is no field that the app has given up since it was agreed to', async () => {
    const fields = [...NAME_ALONE, { field: 'locale', required: true }] as const;
    const app = await platform.createApp({ fields });
    const browser = platform.browser();
    assert.ok(told(await agree(browser, await askByScope(browser, app))).includes('locale'));
    await platform.storage.apps.updateSettings(app.appId, { name: 'Test Shop', fields: [...NAME_ALONE] });
    assert.deepEqual(told(await askByScope(browser, app)), ['family_name', 'given_name', 'name']);
  });

  it('is for nobody whom a shop knows by our own id of the account', async () => {
    const app = await platform.createApp({ fields: NAME_ALONE });
    const browser = platform.browser();
    await browser.submit(await askByScope(browser, app), '/persona', { persona: 'complete' });
    const { id } = (await platform.storage.realm('sandbox').accounts.findPersona('complete')) ?? {};
    const errorFor = async (sub: unknown) => {
      const claims = JSON.stringify({ id_token: { sub } });
      return (await askByScope(browser, app, { prompt: 'none', claims })).message.error;
    };
    assert.equal(await errorFor(null), 'consent_required', 'control: somebody is signed in');
    assert.equal(await errorFor({ value: id }), 'login_required', 'but not under this name');
  });

  it('is nothing of an account that has been blocked, though its session is still there', async () => {
    const app = await platform.createApp({ fields: NAME_ALONE });
    const { accounts } = platform.storage.realm('sandbox');
    const browser = platform.browser();
    await agree(browser, await askByScope(browser, app));
    const { id = '' } = (await accounts.findPersona('complete')) ?? {};
    assert.ok((await askByScope(browser, app)).claims, 'nobody is asked again');
    await accounts.setBlocked(id, true);
    try {
      const page = await askByScope(browser, app);
      assert.equal(page.delivery, undefined);
      assert.match(page.heading, /^Sign in$/);
      assert.equal((await askByScope(browser, app, { prompt: 'none' })).message.error, 'login_required');
    } finally {
      await accounts.setBlocked(id, false);
    }
  });
});
