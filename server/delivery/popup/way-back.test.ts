import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { HttpBrowser, Page } from '../../testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';

const BACK = `${SHOP_ORIGIN}/back`;
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

describe('the way back to the shop from a page that says what went wrong', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  const newApp = () => platform.createApp({ name: 'Fern & Field', redirectUris: [BACK] });
  const request = (clientId: string, more: Record<string, string> = {}) => ({
    client_id: clientId,
    origin: SHOP_ORIGIN,
    state: 'the-state',
    nonce: 'n',
    redirect_uri: BACK,
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256' as const,
    mode: 'redirect' as const,
    ...more,
  });
  /** Sends a form whose token is wrong: as one that another site has made. */
  const forge = (browser: HttpBrowser, page: Page) => browser.post(page.form('/sign-in').action, { csrf: 'forged' });
  const linkOf = ({ html }: Page) =>
    /<a class="button secondary" href="([^"]*)">/.exec(html)?.[1]?.replaceAll('&amp;', '&');

  it('is the redirect URI, to which nothing was shared', async () => {
    const { clientId, issuer } = await newApp();
    const browser = platform.browser();
    const page = await forge(browser, await browser.openPopup(request(clientId)));
    assert.equal(page.status, 403);
    const link = new URL(linkOf(page) ?? '');
    assert.equal(link.origin + link.pathname + link.search, BACK);
    assert.deepEqual(Object.fromEntries(new URLSearchParams(link.hash.slice(1))), {
      error: 'access_denied',
      state: 'the-state',
      iss: issuer,
    });
    assert.match(page.html, />Back to .*Fern &amp; Field/);
    assert.doesNotMatch(page.html, /<button[^>]*data-close/);
  });

  it('of any OpenID Connect library is in the query, as it asked', async () => {
    const { clientId, issuer } = await newApp();
    const browser = platform.browser();
    const query = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      scope: 'openid',
      redirect_uri: BACK,
      state: 's',
      nonce: 'n',
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
    });
    const page = await forge(browser, await browser.get(`${issuer}/authorize?${query}`));
    const link = new URL(linkOf(page) ?? '');
    assert.deepEqual([link.searchParams.get('error'), link.searchParams.get('state')], ['access_denied', 's']);
  });

  it('is none in a popup, whose window can be closed', async () => {
    const { clientId } = await newApp();
    const browser = platform.browser();
    const page = await forge(browser, await browser.openPopup(request(clientId, { mode: 'popup' })));
    assert.equal(linkOf(page), undefined);
    assert.match(page.html, /<button[^>]*data-close/);
  });

  it('is told to no other browser, which might learn the state', async () => {
    const { clientId } = await newApp();
    const first = await platform.browser().openPopup(request(clientId));
    const page = await forge(platform.browser(), first);
    assert.equal(linkOf(page), undefined);
    assert.ok(!page.html.includes('the-state'));
    // With the cookie of another request, which browsers send to its own path alone.
    const browser = platform.browser();
    const own = (await browser.openPopup(request(clientId))).form('/sign-in').action;
    const cookie = browser.cookieHeader(own);
    assert.ok(linkOf(await browser.post(own, { csrf: 'forged' })), 'control');
    const elsewhere = await platform.browser().post(first.form('/sign-in').action, { csrf: 'forged' }, { cookie });
    assert.equal(linkOf(elsewhere), undefined);
  });

  for (const [title, change] of [
    [
      'the URI is the app’s no more',
      (clientId: string) => platform.storage.appEnvironments.changeAddresses(clientId, 'redirectUris', () => []),
    ],
    [
      'the app is disabled',
      async (clientId: string) => {
        const app = await platform.storage.appEnvironments.findByClientId(clientId);
        await platform.storage.apps.setDisabled(app?.appId ?? '', true);
      },
    ],
  ] as const) {
    it(`is none when ${title}`, async () => {
      const { clientId } = await newApp();
      const browser = platform.browser();
      const first = await browser.openPopup(request(clientId));
      await change(clientId);
      const page = await forge(browser, first);
      assert.ok(page.status >= 400);
      assert.equal(linkOf(page), undefined);
    });
  }

  it('is the registered origin when the redirect URI is not registered, and nowhere else', async () => {
    const { clientId } = await newApp();
    for (const uri of ['https://evil.example/', `${SHOP_ORIGIN}/other`, 'javascript:alert(1)']) {
      const page = await platform.browser().openPopup(request(clientId, { redirect_uri: uri }));
      assert.equal(page.status, 400);
      assert.equal(linkOf(page), SHOP_ORIGIN, uri);
      assert.match(page.html, /is not registered/);
    }
    const foreign = await platform.browser().openPopup(request(clientId, { origin: 'https://evil.example' }));
    assert.deepEqual([foreign.status, linkOf(foreign)], [403, undefined]);
  });
});
