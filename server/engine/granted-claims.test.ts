import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { HttpBrowser, Page } from '../testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

const NAME = { field: 'name', required: true } as const;
const LOCALE = { field: 'locale', required: false } as const;

describe('a claim that a granted scope has gained since', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  type App = Awaited<ReturnType<TestPlatform['createApp']>>;
  const ask = (browser: HttpBrowser, { issuer, clientId }: App, more: Record<string, string> = {}): Promise<Page> =>
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

  /** A test person has agreed to share the name, asked for by scope; then the app registers the language. */
  async function agreeThenRegister(): Promise<{ app: App; browser: HttpBrowser; sub: unknown }> {
    const app = await platform.createApp({ fields: [NAME] });
    const browser = platform.browser();
    const consent = await browser.submit(await ask(browser, app), '/persona', { persona: 'complete' });
    const { claims } = await browser.submit(consent, '/consent');
    assert.equal(claims['name'], 'Jane Doe', 'control');
    await platform.storage.apps.updateSettings(app.appId, { name: 'Test Shop', fields: [NAME, LOCALE] });
    return { app, browser, sub: claims['sub'] };
  }

  it('is asked about before it is shared', async () => {
    const { app, browser } = await agreeThenRegister();
    const consent = await ask(browser, app);
    assert.match(consent.heading, /^Share your details/);
    assert.match(consent.html, /value="locale"/);
    assert.doesNotMatch(consent.html, /name="share" value="name"/, 'what was agreed to is not asked again');
    const refused = await browser.submit(consent, '/consent', { share: [] });
    assert.equal(refused.claims['name'], 'Jane Doe');
    assert.equal(refused.claims['locale'], undefined);
    assert.equal((await ask(browser, app)).claims['locale'], undefined, 'nobody is asked twice');
  });

  it('is not shared where nobody can be asked', async () => {
    const { app, browser } = await agreeThenRegister();
    assert.equal((await ask(browser, app, { prompt: 'none' })).message.error, 'consent_required');
  });

  it('is not told over the user API', async () => {
    const { app, sub } = await agreeThenRegister();
    const answer = await fetch(`${platform.url}/1/users/${sub}`, { headers: { 'x-api-key': app.apiKey } });
    const user = await answer.json();
    assert.equal(user.name, 'Jane Doe');
    assert.equal(user.locale, undefined);
  });
});
