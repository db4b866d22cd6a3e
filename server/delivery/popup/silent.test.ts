import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { hashPassword } from '../../domain/accounts/passwords.ts';
import { issueFedcmTicket } from '../../engine/fedcm-ticket.ts';
import type { AppSecrets } from '../../storage/app-environments.ts';
import type { HttpBrowser, Page } from '../../testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';

const PASSWORD = 'an engine of difference';
const EVIL = 'https://evil.example';
const BACK = `${SHOP_ORIGIN}/back`;
const CHALLENGE = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' };

/** Invariant 15: what a page that opens the window can see must not tell it whose customer a person is. */
describe('somebody who has agreed before', () => {
  let platform: TestPlatform;
  let shop: AppSecrets & { issuer: string };
  before(async () => {
    platform = await startTestPlatform();
    shop = await platform.createApp({ environment: 'production', redirectUris: [BACK] });
    await platform.storage.realm('production').accounts.create({
      email: 'ada@example.com',
      emailVerified: true,
      givenName: 'Ada',
      familyName: '<b>Byron</b>',
      passwordHash: await hashPassword(PASSWORD),
    });
  });
  after(() => platform.close());

  const popupOf = ({ clientId }: AppSecrets, more: Record<string, string> = {}) =>
    `/popup?${new URLSearchParams({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n', ...more })}`;
  const authorizeOf = (more: Record<string, string> = {}, { clientId }: AppSecrets = shop) =>
    `/authorize?${new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      redirect_uri: BACK,
      scope: 'openid',
      state: 's',
      claims: JSON.stringify({ id_token: { name: null, given_name: null, family_name: null } }),
      ...CHALLENGE,
      ...more,
    })}`;

  async function signedIn(): Promise<HttpBrowser> {
    const browser = platform.browser();
    const form = await browser.get('/account/sign-in');
    await browser.submit(form, '/account/sign-in', { email: 'ada@example.com', password: PASSWORD });
    return browser;
  }

  async function customer(): Promise<HttpBrowser> {
    const browser = await signedIn();
    const page = await browser.follow(popupOf(shop), SHOP_ORIGIN);
    const last = page.delivery ? page : await browser.submit(page, '/consent');
    assert.ok(last.message.credential);
    return browser;
  }

  const isAsked = (page: Page) => {
    assert.equal(page.status, 200);
    assert.equal(page.heading, 'Continue to Test Shop?');
    assert.equal(page.delivery, undefined);
  };

  it('passes in one request from the shop’s page', async () => {
    const browser = await customer();
    for (const from of [SHOP_ORIGIN, `${SHOP_ORIGIN}/cart?id=1`]) {
      const page = await browser.follow(popupOf(shop), from);
      assert.equal(page.url.pathname, '/popup');
      assert.ok(page.message.credential);
    }
    const old = await browser.get(popupOf(shop), { referer: `${SHOP_ORIGIN}/`, 'sec-fetch-site': 'same-site' });
    assert.ok(old.message.credential);
  });

  it('is asked when another page opens the popup, and then passes by one press', async () => {
    const browser = await customer();
    const page = await browser.follow(popupOf(shop), EVIL);
    isAsked(page);
    assert.match(page.html, /Continue as <bdi>Ada &lt;b&gt;Byron&lt;\/b&gt;<\/bdi>/);
    assert.match(page.html, /Shared before and sent again: name/i);
    const last = await browser.submit(page, '/continue');
    assert.ok(last.message.credential);
    assert.equal(last.delivery?.targetOrigin, SHOP_ORIGIN);
  });

  it('is asked when somebody else’s FedCM ticket leads here, and the app is not told by it either', async () => {
    const { accounts } = platform.storage.realm('production');
    const [ada] = await accounts.findByEmail('ada@example.com');
    const mallory = await accounts.create({ email: 'mallory@example.com' });
    const authorization = {
      response_type: 'id_token',
      response_mode: 'web_message',
      redirect_uri: SHOP_ORIGIN,
      nonce: 'n',
    };
    const withTicketOf = async (accountId: string) => {
      const rows = platform.storage.realm('production');
      const ticket = await issueFedcmTicket(
        { rows },
        { clientId: shop.clientId, origin: SHOP_ORIGIN, nonce: 'n', accountId },
      );
      return authorizeOf({ ...authorization, fedcm: ticket });
    };
    const browser = await customer();
    isAsked(await browser.follow(await withTicketOf(mallory.id), EVIL));
    const own = await browser.get(await withTicketOf(ada?.id ?? ''), { 'sec-fetch-site': 'cross-site' });
    assert.notEqual(own.heading, 'Continue to Test Shop?', 'the browser’s own window passes');
    const left = await platform.browser().follow(authorizeOf({ fedcm: 'x', scope: 'openid bad' }), EVIL);
    assert.equal(left.url.origin, platform.url, 'no way to send people anywhere');
  });

  it('can decline instead', async () => {
    const browser = await customer();
    const last = await browser.submit(await browser.follow(popupOf(shop), EVIL), '/cancel');
    assert.equal(last.message.error, 'access_denied');
    assert.equal(last.message.credential, undefined);
  });

  const elsewhere: [title: string, headers: Record<string, string>][] = [
    ['a page that hides its address', { 'sec-fetch-site': 'cross-site' }],
    ['another host of the shop', { 'sec-fetch-site': 'cross-site', referer: 'https://a.shop.example/' }],
    ['the shop without https', { 'sec-fetch-site': 'cross-site', referer: 'http://shop.example/' }],
    ['nobody', { 'sec-fetch-site': 'none' }],
    ['a frame', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe', referer: `${SHOP_ORIGIN}/` }],
  ];
  for (const [title, headers] of elsewhere)
    it(`is asked when the request comes from ${title}`, async () => {
      isAsked(await (await customer()).get(popupOf(shop), headers));
    });

  it('is asked for each shop of a list, one press for each', async () => {
    const browser = await customer();
    const other = await platform.createApp({ environment: 'production', name: 'Other Shop' });
    const consent = await browser.follow(popupOf(other), SHOP_ORIGIN);
    await browser.submit(consent, '/consent');
    for (const one of [shop, other]) assert.equal((await browser.follow(popupOf(one), EVIL)).delivery, undefined);
  });

  it('is asked nothing more after signing in, because that was a press', async () => {
    await customer();
    const browser = platform.browser();
    const page = await browser.follow(popupOf(shop), EVIL);
    assert.ok((await browser.submit(page, '/sign-in', { email: 'ada@example.com', password: PASSWORD })).delivery);
  });

  it('cannot be taken past consent by the form of this page', async () => {
    const browser = await signedIn();
    const asker = await platform.createApp({ environment: 'production' });
    const consent = await browser.follow(popupOf(asker), EVIL);
    const { action, values } = consent.form('/consent');
    const again = await browser.post(action.replace(/consent$/, 'continue'), values);
    assert.equal(again.heading, 'Share your details with Test Shop?');
  });

  describe('and goes by redirect', () => {
    it('passes from a page of the app, and where no page is watching', async () => {
      const browser = await customer();
      for (const page of [await browser.follow(authorizeOf(), BACK), await browser.get(authorizeOf())])
        assert.ok(page.url.searchParams.get('code'), page.heading);
    });

    it('is asked from anywhere else', async () => {
      const browser = await customer();
      isAsked(await browser.follow(authorizeOf(), EVIL));
      const page = await browser.get(authorizeOf(), { 'sec-fetch-site': 'cross-site' });
      isAsked(page);
      assert.ok((await browser.submit(page, '/continue')).url.searchParams.get('code'));
    });

    it('is not taken past the question by an app whose addresses are the platform’s own', async () => {
      const deputy = `${platform.url}${authorizeOf({ state: '' })}`;
      // Stored by an earlier version: nobody can register it today.
      const evil = await platform.createApp({ redirectUris: [deputy], postLogoutRedirectUris: [deputy] });
      const sandbox = (path: string, query: Record<string, string>) => `/sandbox${path}?${new URLSearchParams(query)}`;
      const browser = await customer();
      const asked = { client_id: evil.clientId, response_type: 'code', scope: 'openid', redirect_uri: deputy };
      const page = await browser.follow(sandbox('/authorize', asked), EVIL);
      assert.deepEqual([page.status, page.url.pathname], [400, '/sandbox/authorize']);
      const byRelay = {
        ...asked,
        redirect_uri: SHOP_ORIGIN,
        response_mode: 'web_message',
        ...CHALLENGE,
        relay_uri: deputy,
      };
      const relayed = await browser.follow(sandbox('/authorize', byRelay), SHOP_ORIGIN);
      assert.equal(relayed.message.error, 'invalid_request');
      assert.equal(relayed.delivery?.relay, undefined);
      const out = { client_id: evil.clientId, post_logout_redirect_uri: deputy };
      const left = await browser.follow(sandbox('/logout', out), EVIL);
      assert.equal(left.status, 400);
      assert.doesNotMatch(left.html, /href="[^"]*\/authorize/);
    });

    it('is as anybody else to a page that opens prompt=none', async () => {
      const people = { customer: await customer(), stranger: platform.browser() };
      for (const mode of ['query', 'fragment']) {
        const pages = await Promise.all(
          Object.values(people).map((browser) =>
            browser.follow(authorizeOf({ prompt: 'none', response_mode: mode }), EVIL),
          ),
        );
        for (const page of pages) {
          assert.equal(page.status, 400);
          assert.equal(page.heading, 'You’re about to leave Platform');
          assert.match(page.html, /error=interaction_required/);
        }
      }
      const byMessage = { prompt: 'none', response_mode: 'web_message', redirect_uri: SHOP_ORIGIN };
      for (const browser of Object.values(people))
        assert.equal((await browser.follow(authorizeOf(byMessage), EVIL)).message.error, 'interaction_required');
    });

    it('answers prompt=none as ever where the app asks', async () => {
      const asked = async (browser: HttpBrowser) =>
        (await browser.follow(authorizeOf({ prompt: 'none' }), SHOP_ORIGIN)).url.searchParams;
      assert.ok((await asked(await customer())).get('code'));
      assert.equal((await asked(platform.browser())).get('error'), 'login_required');
    });

    it('is as anybody else to an app that they have not agreed to, however it asks', async () => {
      const other = await platform.createApp({ environment: 'production', name: 'Nosy Shop', redirectUris: [BACK] });
      const ways: Record<string, string>[] = [
        {},
        { response_mode: 'fragment' },
        { response_mode: 'web_message', redirect_uri: SHOP_ORIGIN },
        { claims: '' },
        { scope: 'openid email phone' },
        { max_age: '100000' },
        { acr_values: 'phr' },
      ];
      for (const more of ways) {
        const told = async (browser: HttpBrowser) => {
          const page = await browser.follow(authorizeOf({ prompt: 'none', ...more }, other), SHOP_ORIGIN);
          return page.delivery ?? page.url.href;
        };
        const customerElsewhere = await told(await customer());
        assert.deepEqual(customerElsewhere, await told(platform.browser()), JSON.stringify(more));
        assert.match(JSON.stringify(customerElsewhere), /login_required/);
      }
      await platform.flush();
      const events = await platform.storage.appEvents.listSince(other.clientId, new Date(0), 50);
      assert.equal(events.length, 2 * ways.length);
      const told = new Set(events.map(({ detail }) => ('hint' in detail ? detail.hint : undefined)));
      assert.equal(told.size, 1, 'nor do its events tell');
    });

    it('is told apart by an app that they have agreed to, which may ask for more', async () => {
      const browser = await customer();
      const more = { prompt: 'none', claims: JSON.stringify({ id_token: { phone_number: null } }) };
      const { url } = await browser.follow(authorizeOf(more), SHOP_ORIGIN);
      assert.equal(url.searchParams.get('error'), 'consent_required');
    });
  });
});

/** RFC 9700 section 4.11.2: anybody can register an app. */
describe('a link to the platform that leads to an app', () => {
  let platform: TestPlatform;
  let app: AppSecrets;
  before(async () => {
    platform = await startTestPlatform();
    app = await platform.createApp({ name: 'Platform Support', origins: [EVIL], redirectUris: [`${EVIL}/phish`] });
  });
  after(() => platform.close());

  const links: [title: string, path: string, query: () => Record<string, string>][] = [
    ['with prompt=none', 'authorize', () => ({ prompt: 'none' })],
    ['with PKCE’s method plain', 'authorize', () => ({ code_challenge_method: 'plain' })],
    [
      'for a code in the fragment without PKCE',
      'authorize',
      () => ({ response_mode: 'fragment', code_challenge: '', code_challenge_method: '' }),
    ],
    ['with a wrong prompt', 'authorize', () => ({ prompt: 'x' })],
    ['with a wrong response mode', 'authorize', () => ({ response_mode: 'x' })],
  ];
  const headers: Record<string, string>[] = [
    { 'sec-fetch-site': 'none' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'cross-site', referer: 'https://webmail.example/' },
  ];
  for (const [title, path, more] of links)
    it(`shows where it leads, ${title}`, async () => {
      const query = new URLSearchParams({
        client_id: app.clientId,
        response_type: 'code',
        redirect_uri: `${EVIL}/phish`,
        scope: 'openid',
        state: 's',
        ...CHALLENGE,
        ...more(),
      });
      for (const each of headers) {
        const page = await platform.browser().get(`/sandbox/${path}?${query}`, each);
        assert.equal(page.status, 400, page.url.href);
        assert.equal(page.url.pathname, '/sandbox/authorize');
        assert.match(page.html, /Go to <bdi dir="ltr">https:\/\/evil\.example<\/bdi>/);
        assert.doesNotMatch(page.html, /Platform Support/, 'not in its own words');
      }
      const own = await platform.browser().follow(`/sandbox/authorize?${query}`, EVIL);
      assert.equal(own.url.origin, EVIL, 'its own page is answered at once');
    });

  it('shows where it leads, at /popup', async () => {
    const query = new URLSearchParams({
      client_id: app.clientId,
      origin: EVIL,
      state: 's',
      nonce: 'n',
      fields: 'nonsense',
      redirect_uri: `${EVIL}/phish`,
    });
    for (const each of headers) {
      const popup = await platform.browser().get(`/popup?${query}`, each);
      assert.equal(popup.delivery?.relay, undefined);
      const redirect = await platform.browser().get(`/popup?${query}&mode=redirect`, each);
      assert.equal(redirect.status, 400);
      assert.match(redirect.html, /<bdi dir="ltr">https:\/\/evil\.example<\/bdi>/);
    }
    assert.equal((await platform.browser().follow(`/popup?${query}&mode=redirect`, EVIL)).url.origin, EVIL);
    assert.ok((await platform.browser().follow(`/popup?${query}`, EVIL)).delivery?.relay);
  });
});
