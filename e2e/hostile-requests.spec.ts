import { createHash } from 'node:crypto';
import { HttpBrowser } from '../server/testing/http-journey.ts';
import { beginAttempt, expect, seenBy, test, watchedPage } from './support/forger.ts';
import {
  closesAfter,
  openPopup,
  openShop,
  share,
  shareButton,
  signIn,
  somebodyWithAccount,
  widgetOn,
} from './support/people.ts';

/** Tests requests that pretend to come from a shop, and pages that try to eavesdrop on one (invariants 1, 4 and 7). */

const ORIGIN = 'https://shop.example';
const REDIRECT_URI = 'https://shop.example/callback';
const STATE = { state: 'state-1', nonce: 'nonce-1' };

test.describe('the popup is opened only for a registered origin, exactly as registered', () => {
  const LOOKALIKES = {
    'another origin': 'https://evil.example',
    null: 'null',
    'a wildcard': '*',
    'a wildcard host': 'https://*.example',
    'a longer host': 'https://shop.example.evil.example',
    'a longer top-level domain': 'https://shop.examples',
    'a host with the same ending': 'https://evilshop.example',
    'a subdomain': 'https://www.shop.example',
    'a trailing slash': 'https://shop.example/',
    'a path': 'https://shop.example/checkout',
    'a query': 'https://shop.example?',
    'a fragment': 'https://shop.example#',
    'a port': 'https://shop.example:8443',
    'an explicit default port': 'https://shop.example:443',
    'another scheme': 'http://shop.example',
    'no scheme': 'shop.example',
    'upper case': 'https://Shop.example',
    'an upper-case scheme': 'HTTPS://shop.example',
    'white space': ' https://shop.example',
    'a control character': 'https://shop.example\u0000',
    'a user name': 'https://shop.example@evil.example',
    'a backslash': 'https://shop.example\\@evil.example',
    'a letter that looks the same': 'https://sh\u043ep.example',
    'a list': 'https://evil.example https://shop.example',
    'a directive': 'https://shop.example; frame-ancestors *',
    'a redirect URI of the same app': REDIRECT_URI,
  };
  for (const [name, origin] of Object.entries(LOOKALIKES)) {
    test(`not for ${name}`, async ({ platform }) => {
      const { clientId } = await platform.createApp({ origins: [ORIGIN], redirectUris: [REDIRECT_URI] });
      const query = new URLSearchParams({ client_id: clientId, origin, ...STATE });
      const page = await new HttpBrowser(platform.url).get(`/popup?${query}`);
      expect(page.status).toBe(403);
      expect(page.heading).toBe('This page may not ask for your details');
      expect(page.html).not.toContain('data-masked');
      expect(page.headers.getSetCookie()).toEqual([]);
    });
  }

  const MALFORMED: Record<string, string> = {
    'no origin': '',
    'an empty origin': '&origin=',
    'two origins': `&origin=${ORIGIN}&origin=https://evil.example`,
    'an origin in brackets': `&origin[]=${ORIGIN}`,
    'an endless origin': `&origin=https://${'a'.repeat(5_000)}.example`,
  };
  for (const [name, parameter] of Object.entries(MALFORMED)) {
    test(`not for ${name}`, async ({ platform }) => {
      const { clientId } = await platform.createApp({ origins: [ORIGIN] });
      const query = new URLSearchParams({ client_id: clientId, ...STATE });
      const page = await new HttpBrowser(platform.url).get(`/popup?${query}${parameter}`);
      expect(page.status).toBe(400);
      expect(page.html).not.toContain('data-masked');
    });
  }

  test('not for a sandbox origin under a production client_id', async ({ platform }) => {
    const sandbox = await platform.createApp({ origins: ['http://localhost:9'] });
    const production = await platform.createApp({ origins: [ORIGIN], environment: 'production' });
    for (const [{ clientId }, origin] of [
      [sandbox, ORIGIN],
      [production, 'http://localhost:9'],
    ] as const) {
      const page = await new HttpBrowser(platform.url).openPopup({ client_id: clientId, origin, ...STATE });
      expect(page.status).toBe(403);
    }
  });
});

test('a page that opens the popup under its own name learns nothing', async ({ page, platform, site, attacker }) => {
  const shop = await openShop({ platform, site });
  const path = '/own-name';
  attacker.serve(path, () => ({
    html: watchedPage(
      `<signup-with-platform client-id="${shop.clientId}"></signup-with-platform>`,
      `<script type="module" src="${platform.url}/widget.js"></script>`,
    ),
  }));
  await page.goto(attacker.origin + path);
  const popup = await openPopup(page);
  await expect(popup.getByRole('heading', { level: 1 })).toHaveText('This page may not ask for your details');
  await expect(popup.getByText('Nothing was shared.')).toBeVisible();
  await closesAfter(popup, () => popup.getByRole('button', { name: 'Close window' }).click());
  expect((await seenBy(page)).messages).toEqual([]);
});

test('a page that opens the popup under a shop’s name learns nothing, even if the person completes it', async ({
  page,
  platform,
  site,
  attacker,
}) => {
  const ada = await somebodyWithAccount(platform);
  const shop = await openShop({ platform, site });
  await page.goto(`${attacker.origin}/`);
  const query = new URLSearchParams({ client_id: shop.clientId, origin: site.origin, ...STATE });
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    page.evaluate((url) => void window.open(url), `${platform.url}/popup?${query}`),
  ]);
  await signIn(popup, ada);
  // The person can see which shop this is for.
  await expect(popup.getByText(site.origin)).toBeVisible();
  await share(popup);
  // Messages keep their order, so no other message can arrive after this one.
  await page.evaluate(() => postMessage('the last word', '*'));
  await expect.poll(async () => (await seenBy(page)).messages.map(({ data }) => data)).toEqual(['the last word']);
});

test('an unknown or disabled app gets a page that says so, and no message', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site }, { html: watchedPage });
  const unknown = await openShop(
    { platform, site },
    { html: watchedPage, attributes: { 'client-id': 'x'.repeat(32) } },
  );
  const { appId = '' } = (await platform.storage.appEnvironments.findByClientId(shop.clientId)) ?? {};
  await platform.storage.apps.setDisabled(appId, true);
  for (const [url, heading, status] of [
    [unknown.url, 'We don’t know this shop', 400],
    [shop.url, 'This shop is disabled', 403],
  ] as const) {
    await page.goto(url);
    const answered = page.context().waitForEvent('response', (response) => response.url().includes('/popup?'));
    const popup = await openPopup(page);
    expect((await answered).status()).toBe(status);
    await expect(popup.getByRole('heading', { level: 1 })).toHaveText(heading);
    expect((await seenBy(page)).messages).toEqual([]);
    await popup.close();
  }
});

/** What an app loses while a person is at its consent page, and what that person reads after pressing Share. */
const WITHDRAWN = {
  'the app': 'This shop is disabled',
  'the page’s origin': 'This page may not ask for your details',
} as const;

for (const [what, heading] of Object.entries(WITHDRAWN)) {
  test(`${what} withdrawn while a person decides: a page says so, and nothing is delivered`, async ({
    page,
    platform,
    site,
  }) => {
    const ada = await somebodyWithAccount(platform);
    const { shop, popup } = await beginAttempt(page, { platform, site });
    await signIn(popup, ada);
    await expect(shareButton(popup)).toBeVisible();
    const heard = (await seenBy(page)).messages.length;

    const { appId = '' } = (await platform.storage.appEnvironments.findByClientId(shop.clientId)) ?? {};
    if (what === 'the app') await platform.storage.apps.setDisabled(appId, true);
    else await platform.storage.appEnvironments.setOrigins(shop.clientId, ['https://elsewhere.example']);
    await shareButton(popup).click();
    await expect(popup.getByRole('heading', { level: 1 })).toHaveText(heading);
    expect((await seenBy(page)).messages).toHaveLength(heard);
    await expect(widgetOn(page).element).toHaveAttribute('state', 'waiting');
    await popup.close();
    await expect(widgetOn(page).element).toHaveAttribute('state', 'cancelled');
  });
}

test('no page can be framed', async ({ page, platform, site, attacker }) => {
  const shop = await openShop({ platform, site });
  const query = (origin: string) => new URLSearchParams({ client_id: shop.clientId, origin, ...STATE });
  const browser = new HttpBrowser(platform.url);
  const { action } = (await browser.get(`/popup?${query(site.origin)}`)).form('/sign-in');
  const paths = [
    `/popup?${query(site.origin)}`,
    `/popup?${query('https://evil.example')}`,
    action.replace(/\/sign-in$/, ''),
    '/sandbox/confirm-email?code=x',
    '/dev/mail',
    '/nothing-here',
    '/healthz',
  ];
  const frames = paths.map((path) => `<iframe src="${platform.url}${path.replaceAll('&', '&amp;')}"></iframe>`);
  // Even the registered shop cannot frame them.
  for (const framing of [attacker, site]) {
    framing.serve('/frames', () => ({ html: watchedPage(frames.join('')) }));
    await page.goto(`${framing.origin}/frames`);
    await expect
      .poll(() =>
        page
          .frames()
          .slice(1)
          .map((frame) => frame.url()),
      )
      .toEqual(paths.map(() => 'chrome-error://chromewebdata/'));
    expect((await seenBy(page)).messages).toEqual([]);
  }
});

test.describe('/authorize', () => {
  const challenge = createHash('sha256').update('v'.repeat(43)).digest('base64url');
  const CODE = { response_type: 'code', code_challenge: challenge, code_challenge_method: 'S256' };
  const MESSAGE = { response_type: 'id_token', response_mode: 'web_message', redirect_uri: ORIGIN };

  async function authorize(
    platform: { url: string; createApp: Parameters<typeof beginAttempt>[1]['platform']['createApp'] },
    parameters: Record<string, string> | string,
  ): Promise<Response> {
    const app = await platform.createApp({
      origins: [ORIGIN],
      redirectUris: [REDIRECT_URI, `${REDIRECT_URI}?shop=1`],
      environment: 'production',
    });
    const query = new URLSearchParams({ client_id: app.clientId, scope: 'openid', ...STATE });
    // From the app's own page, which is answered at once.
    return fetch(`${platform.url}/authorize?${query}&${new URLSearchParams(parameters)}`, {
      headers: { referer: `${ORIGIN}/` },
      redirect: 'manual',
    });
  }

  const REDIRECT_URIS = {
    'another site': 'https://evil.example/callback',
    'a trailing slash': `${REDIRECT_URI}/`,
    'an added query': `${REDIRECT_URI}?next=https://evil.example`,
    'an added parameter': `${REDIRECT_URI}?shop=1&next=x`,
    'an empty query': `${REDIRECT_URI}?`,
    'a fragment': `${REDIRECT_URI}#x`,
    'another case': 'https://shop.example/Callback',
    'a host in another case': 'https://SHOP.example/callback',
    'a port': 'https://shop.example:444/callback',
    'the default port': 'https://shop.example:443/callback',
    http: 'http://shop.example/callback',
    'path traversal': 'https://shop.example/x/../callback',
    'encoded path traversal': 'https://shop.example/callback/%2e%2e/evil',
    'a longer path': `${REDIRECT_URI}evil`,
    'a subdomain': 'https://www.shop.example/callback',
    'a host with the same beginning': 'https://shop.example.evil.example/callback',
    'a user name': 'https://shop.example@evil.example/callback',
    'no scheme': '//shop.example/callback',
    'a script': 'javascript:alert(1)//https://shop.example/callback',
    'the registered one encoded twice': encodeURIComponent(REDIRECT_URI),
    'an origin, though registered for messages': ORIGIN,
  };
  for (const [name, uri] of Object.entries(REDIRECT_URIS)) {
    test(`redirects only to a registered URI, and not to ${name}`, async ({ platform }) => {
      for (const extra of [
        CODE,
        { response_type: 'code' },
        { ...CODE, scope: 'nonsense' },
        { ...CODE, prompt: 'none' },
      ]) {
        for (const mode of [
          {},
          { response_mode: 'query' },
          { response_mode: 'fragment' },
          { response_mode: 'form_post' },
        ]) {
          const response = await authorize(platform, { redirect_uri: uri, ...extra, ...mode });
          expect([response.status, response.headers.get('location')]).toEqual([400, null]);
          expect(await response.text()).not.toMatch(/<form[^>]*evil|data-masked/);
        }
      }
    });
  }

  test('control: redirects to the registered URI, which differs from all of these', async ({ platform }) => {
    const response = await authorize(platform, { redirect_uri: REDIRECT_URI, ...CODE, prompt: 'none' });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toContain(`${REDIRECT_URI}?error=login_required`);
  });

  test('posts no message to a redirect URI', async ({ platform }) => {
    for (const extra of [{}, { prompt: 'none' }, { scope: 'nonsense' }]) {
      const response = await authorize(platform, { ...MESSAGE, redirect_uri: REDIRECT_URI, ...extra });
      expect([response.status, response.headers.get('location')]).toEqual([400, null]);
      expect(await response.text()).not.toContain('data-masked');
    }
  });

  test('never sends a credential by redirect', async ({ platform }) => {
    for (const mode of [{}, { response_mode: 'fragment' }, { response_mode: 'query' }]) {
      const response = await authorize(platform, { response_type: 'id_token', redirect_uri: REDIRECT_URI, ...mode });
      const answer = `${response.headers.get('location')} ${await response.text()}`;
      expect(answer).toContain('error=invalid_request');
      expect(answer).not.toContain('interaction/');
    }
  });

  for (const response_type of ['token', 'id_token token', 'code id_token', 'code token', 'none', '']) {
    test(`refuses response_type=${response_type}`, async ({ platform }) => {
      const response = await authorize(platform, { ...CODE, redirect_uri: REDIRECT_URI, response_type });
      expect(`${response.headers.get('location')}${await response.text()}`).toMatch(
        /unsupported_response_type|invalid_request/,
      );
    });
  }

  test('refuses repeated parameters and requests by reference', async ({ platform }) => {
    const twice = `client_id=x&${new URLSearchParams({ ...CODE, redirect_uri: REDIRECT_URI })}`;
    expect((await authorize(platform, twice)).status).toBe(400);
    for (const extra of [
      { request: 'e30.e30.' },
      { request_uri: 'https://evil.example/request' },
      { registration: '{}' },
    ]) {
      const response = await authorize(platform, { ...CODE, redirect_uri: REDIRECT_URI, ...extra });
      expect(response.headers.get('location')).toMatch(/error=(request|request_uri|registration)_not_supported/);
    }
  });

  test('issues nothing silently before sign-in and consent', async ({ platform }) => {
    const app = await platform.createApp({ origins: [ORIGIN], environment: 'production' });
    const other = await platform.createApp({ origins: ['https://other.example'], environment: 'production' });
    const browser = new HttpBrowser(platform.url);
    const ask = (clientId: string, origin: string, fields: string) => {
      const claims = JSON.stringify({ id_token: Object.fromEntries(fields.split(' ').map((name) => [name, null])) });
      const parameters = {
        ...MESSAGE,
        ...STATE,
        client_id: clientId,
        redirect_uri: origin,
        scope: 'openid',
        claims,
        prompt: 'none',
      };
      return browser.follow(`/authorize?${new URLSearchParams(parameters)}`, origin);
    };
    expect((await ask(app.clientId, ORIGIN, 'email')).message).toMatchObject({ error: 'login_required' });

    const signIn = await browser.openPopup({ client_id: app.clientId, origin: ORIGIN, ...STATE, fields: 'email' });
    const signUp = await browser.get(signIn.signUpAddress);
    const consent = await browser.submit(signUp, '/sign-up', {
      email: 'silent@example.com',
      password: 'an engine of difference',
    });
    // Whether somebody is signed in is not told to an app that they have not agreed to.
    expect((await ask(app.clientId, ORIGIN, 'email')).message).toMatchObject({ error: 'login_required' });
    expect((await browser.submit(consent, '/consent')).message.credential).toBeTruthy();

    // What was agreed to is issued silently. Nothing else is, and not for anybody else.
    expect((await ask(app.clientId, ORIGIN, 'email')).message.credential).toBeTruthy();
    expect((await ask(app.clientId, ORIGIN, 'email phone_number')).message).toMatchObject({
      error: 'consent_required',
    });
    expect((await ask(other.clientId, 'https://other.example', 'email')).message).toMatchObject({
      error: 'login_required',
    });
  });

  test('never redirects with 307, which would resend a form', async ({ platform }) => {
    const app = await platform.createApp({ origins: [ORIGIN], environment: 'production' });
    const browser = new HttpBrowser(platform.url);
    const page = await browser.openPopup({ client_id: app.clientId, origin: ORIGIN, ...STATE });
    const { action, values } = page.form('/sign-in');
    const email = 'redirect@example.com';
    for (const [path, body] of [
      [action.replace(/sign-in$/, 'sign-up'), { ...values, email, password: 'an engine of difference' }],
      [action.replace(/sign-in$/, 'cancel'), values],
    ] as const) {
      const response = await fetch(platform.url + path, {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie: browser.cookieHeader(path), origin: platform.url },
        body: new URLSearchParams(body as Record<string, string>),
      });
      expect(response.status).toBe(303);
      expect(response.headers.get('location')).not.toContain(email);
    }
  });
});
