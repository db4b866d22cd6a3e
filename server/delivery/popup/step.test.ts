import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Page } from '../../testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';

describe('a step of the popup', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  /** A new browser at the first page of a new app. */
  async function open() {
    const browser = platform.browser();
    const { clientId, appId } = await platform.createApp();
    const page = await browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
    const { action, values } = page.form('/sign-in');
    return {
      browser,
      clientId,
      appId,
      page,
      action,
      csrf: String(values['csrf']),
      base: action.replace('/sign-in', ''),
    };
  }
  const isPage = (page: Page, status: number, heading: RegExp) => {
    assert.equal(page.status, status);
    assert.match(page.heading, heading);
    assert.equal(page.delivery, undefined);
  };
  const EXPIRED = /took too long/;
  const FORBIDDEN = /couldn’t accept this form/;

  it('shows its page again when it is reloaded', async () => {
    const { browser, base } = await open();
    isPage(await browser.get(`${base}/`), 200, /^Sign in$/);
    isPage(await browser.get(`${base}/`), 200, /^Sign in$/);
  });

  it('belongs to the browser that opened it', async () => {
    const { action, csrf, base } = await open();
    const stranger = platform.browser();
    isPage(await stranger.get(`${base}/`), 400, EXPIRED);
    isPage(await stranger.get(`${base}/sign-up`), 400, EXPIRED);
    isPage(await stranger.post(action, { csrf, email: 'a@example.com', password: 'x' }), 400, EXPIRED);
  });

  it('tells a browser that keeps no cookies, which our own page sent on, so', async () => {
    const { action, csrf, base } = await open();
    const own = { 'sec-fetch-site': 'same-origin', referer: `http://localhost${base}/` };
    const form = { csrf, email: 'a@example.com', password: 'x' };
    isPage(await platform.browser().post(action, form, own), 400, /^Cookies are blocked$/);
    isPage(await platform.browser().get(`${base}/sign-up`, own), 400, /^Cookies are blocked$/);
    const { browser: other } = await open();
    isPage(await other.post(action, form, own), 400, EXPIRED);
  });

  it('is not found by another browser’s cookie, nor by two', async () => {
    const [one, other] = [await open(), await open()];
    const cookie = one.browser.cookieHeader(`${one.base}/`);
    assert.match(cookie, /^sandbox-browser=[\w-]{22}$/);
    isPage(await one.browser.get(`${one.base}/`, { cookie }), 200, /^Sign in$/);
    isPage(await one.browser.get(`${other.base}/`, { cookie }), 400, EXPIRED);
    const form = { csrf: other.csrf, email: 'a@example.com', password: 'x' };
    isPage(await one.browser.post(other.action, form, { cookie }), 400, EXPIRED);
    const both = `${cookie}; ${other.browser.cookieHeader('/')}`;
    for (const { browser, base } of [one, other]) isPage(await browser.get(`${base}/`, { cookie: both }), 400, EXPIRED);
  });

  it('is not found below the other realm', async () => {
    const { browser, action, csrf } = await open();
    isPage(await browser.post(action.replace('/sandbox', ''), { csrf }), 400, EXPIRED);
  });

  const forged: [title: string, headers: Record<string, string>][] = [
    ['another site, by Sec-Fetch-Site', { 'sec-fetch-site': 'cross-site' }],
    ['another host of the same site', { 'sec-fetch-site': 'same-site' }],
    ['nowhere, by Sec-Fetch-Site', { 'sec-fetch-site': 'none' }],
    ['another site, by Origin', { origin: 'https://evil.example' }],
    ['an opaque origin', { origin: 'null' }],
    ['a host that begins alike', { origin: 'http://localhost.evil.example' }],
  ];
  for (const [title, headers] of forged) {
    it(`refuses a form from ${title}, whatever its token`, async () => {
      const { browser, action, csrf } = await open();
      isPage(await browser.post(action, { csrf, email: 'a@example.com', password: 'x' }, headers), 403, FORBIDDEN);
    });
  }

  const tokens: [title: string, csrf: (good: string) => string | string[] | undefined][] = [
    ['no token', () => undefined],
    ['an empty token', () => ''],
    ['a token cut short', (good) => good.slice(0, -1)],
    ['a token with more behind it', (good) => `${good}x`],
    ['two tokens', (good) => [good, good]],
  ];
  for (const [title, csrf] of tokens) {
    it(`refuses a form with ${title}`, async () => {
      const { browser, action, csrf: good } = await open();
      const token = csrf(good);
      isPage(
        await browser.post(action, { email: 'a@example.com', ...(token !== undefined && { csrf: token }) }),
        403,
        FORBIDDEN,
      );
    });
  }

  it('refuses the token of another interaction', async () => {
    const [one, other] = [await open(), await open()];
    isPage(await one.browser.post(one.action, { csrf: other.csrf }), 403, FORBIDDEN);
  });

  it('ends with the app', async () => {
    const { browser, appId, action, csrf, base } = await open();
    await platform.storage.apps.setDisabled(appId, true);
    isPage(await browser.get(`${base}/`), 403, /This shop is disabled/);
    isPage(await browser.post(action, { csrf }), 403, /This shop is disabled/);
  });

  it('ends with the app for good: it does not go on when the app does', async () => {
    const { browser, page, appId, clientId } = await open();
    const consent = await browser.submit(page, '/persona', { persona: 'complete' });
    await platform.storage.apps.setDisabled(appId, true);
    await platform.storage.apps.setDisabled(appId, false);
    isPage(await browser.get(consent.form('/consent').action.replace(/consent$/, '')), 400, EXPIRED);
    isPage(await browser.submit(consent, '/consent'), 400, EXPIRED);
    const stoppedAt = (await platform.storage.appEnvironments.findByClientId(clientId))?.stoppedAt?.getTime() ?? 0;
    while (Date.now() <= stoppedAt) await nextTurn();
    const again = await browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
    assert.ok((await browser.submit(again, '/consent')).message.credential, 'a new one does');
  });

  it('cannot skip sign-in', async () => {
    const { browser, csrf, base } = await open();
    isPage(await browser.post(`${base}/consent`, { csrf, share: 'email' }), 400, EXPIRED);
  });

  it('is over once it has been delivered', async () => {
    const { browser, page, base } = await open();
    const consent = await browser.submit(page, '/persona', { persona: 'complete' });
    const last = await browser.submit(consent, '/consent');
    assert.ok(last.message.credential);
    isPage(await browser.submit(consent, '/consent'), 400, EXPIRED);
    // Its entry in the history was made by a form of ours, and browsers say so again.
    const back = await browser.get(`${base}/`, { 'sec-fetch-site': 'same-origin' });
    assert.equal(back.claims['sub'], last.claims['sub'], 'going back leads on to where it had ended');
    isPage(await platform.browser().get(`${base}/`), 400, EXPIRED);
  });

  it('tells the shop that the person cancelled, and nothing else', async () => {
    const { browser, page } = await open();
    const last = await browser.submit(page, '/cancel');
    assert.deepEqual(last.delivery, {
      targetOrigin: SHOP_ORIGIN,
      message: {
        type: 'signup-with-platform:response',
        state: 's',
        iss: `${platform.url}/sandbox`,
        error: 'access_denied',
        error_description: 'The person cancelled.',
      },
    });
  });

  it('can be cancelled at consent too, and shares nothing', async () => {
    const { browser, clientId, page } = await open();
    const consent = await browser.submit(page, '/persona', { persona: 'complete' });
    assert.equal((await browser.submit(consent, '/cancel')).message.error, 'access_denied');
    const again = await browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
    assert.match(again.heading, /^Share your details/);
  });

  it('ends the session of whoever has signed in meanwhile in another window, when it is somebody else', async () => {
    const { browser, page, clientId } = await open();
    const second = await browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's2', nonce: 'n' });
    assert.match((await browser.submit(second, '/persona', { persona: 'complete' })).html, /Jane Doe/);
    const earlier = browser.cookieHeader('/sandbox/account');
    const whereWith = async (cookie: string) =>
      (await platform.browser().get('/sandbox/account', { cookie })).url.pathname;
    assert.equal(await whereWith(earlier), '/sandbox/account', 'control');
    const consent = await browser.submit(page, '/persona', { persona: 'long_name' });
    assert.match(consent.html, /Maximiliane-Theodora/);
    assert.equal(await whereWith(earlier), '/sandbox/account/sign-in');
    const { claims } = await browser.submit(consent, '/consent');
    assert.match(String(claims['given_name']), /^Maximiliane-Theodora/);
  });

  it('lets another person sign in instead', async () => {
    const { browser, page } = await open();
    const consent = await browser.submit(page, '/persona', { persona: 'complete' });
    const signIn = await browser.submit(consent, '/switch-account');
    assert.equal(signIn.heading, 'Sign in');
    const other = await browser.submit(signIn, '/persona', { persona: 'long_name' });
    assert.match(other.html, /Maximiliane-Theodora/);
    const last = await browser.submit(other, '/consent');
    assert.equal(last.claims['family_name'], 'von und zu Hohenlohe-Waldenburg-Schillingsfürst-Kaunitz');
  });
});
