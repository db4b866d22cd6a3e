import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { decodeJwt, generateKeyPair, SignJWT } from 'jose';
import { type Resident, resident } from '#portal/testing/resident.ts';
import { CodeClient, type Tokens } from '#testing/code-client.ts';
import type { HttpBrowser, Page } from '#testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { until } from '../../../../scripts/testing/until.ts';

const CALLBACK = `${SHOP_ORIGIN}/callback`;
const AFTER = `${SHOP_ORIGIN}/post_logout_redirect`;

describe('the logout endpoint', () => {
  let platform: TestPlatform;
  let app: Awaited<ReturnType<TestPlatform['createApp']>>;
  let other: Awaited<ReturnType<TestPlatform['createApp']>>;
  let shop: CodeClient;
  let ada: Resident;
  let tokens: Tokens;
  before(async () => {
    platform = await startTestPlatform();
    const uris = { redirectUris: [CALLBACK], postLogoutRedirectUris: [AFTER, `${AFTER}?from=platform`] };
    app = await platform.createApp({ environment: 'production', ...uris });
    other = await platform.createApp({
      environment: 'production',
      name: 'Elsewhere',
      origins: ['https://elsewhere.example'],
      redirectUris: ['https://elsewhere.example/callback'],
      postLogoutRedirectUris: ['https://elsewhere.example/out'],
    });
    shop = new CodeClient(app, CALLBACK);
  });
  after(() => platform.close());
  beforeEach(async () => {
    ada = await resident(platform);
    tokens = await shop.signIn(ada.browser);
  });

  const address = (parameters: Record<string, string>) => `/logout?${new URLSearchParams(parameters)}`;
  const logout = (parameters: Record<string, string>, browser = ada.browser) =>
    browser.follow(address(parameters), SHOP_ORIGIN);
  const isSignedIn = async (browser: HttpBrowser = ada.browser) =>
    (await browser.get('/account')).url.pathname !== '/account/sign-in';
  const asks = async (page: Page) => {
    assert.equal(page.status, 200);
    assert.match(page.heading, /^Sign out of .+\?$/);
    assert.ok(await isSignedIn(), 'nobody is signed out before they have answered');
  };
  const refuses = async (page: Page, hint: RegExp) => {
    assert.equal(page.status, 400);
    assert.match(page.html, hint);
    assert.equal(page.url.origin, platform.url, 'goes nowhere');
    assert.ok(await isSignedIn(), 'nobody is signed out');
  };
  const confirm = (page: Page) => ada.browser.submit(page, '/logout/confirm');

  const metadataOf = async (prefix: string) => {
    const response = await fetch(`${platform.url}${prefix}/.well-known/openid-configuration`);
    return (await response.json()) as Record<string, unknown>;
  };

  it('oidcc-rp-initiated-logout-discovery-endpoint-verification', async () => {
    for (const prefix of ['', '/sandbox'])
      assert.equal((await metadataOf(prefix))['end_session_endpoint'], `${platform.url}${prefix}/logout`);
  });

  it('oidcc-backchannel-logout-discovery-endpoint-verification', async () => {
    for (const prefix of ['', '/sandbox']) {
      const metadata = await metadataOf(prefix);
      assert.equal(metadata['backchannel_logout_supported'], true);
      assert.equal(metadata['backchannel_logout_session_supported'], true);
    }
  });

  it('oidcc-rp-initiated-logout', async () => {
    const page = await logout({ id_token_hint: tokens.idToken, post_logout_redirect_uri: AFTER, state: 'a b&c' });
    assert.equal(page.url.href, `${AFTER}?state=a+b%26c`);
    assert.equal(await isSignedIn(), false);
    assert.equal((await shop.silently(ada.browser)).get('error'), 'login_required');
  });

  it('oidcc-rp-initiated-logout-no-state', async () => {
    const page = await logout({ id_token_hint: tokens.idToken, post_logout_redirect_uri: AFTER });
    assert.equal(page.url.href, AFTER);
    assert.equal((await shop.silently(ada.browser)).get('error'), 'login_required');
  });

  it('refuses what it could not send on, because no server takes such an address', async () => {
    // What is sent on is compressed, so the same letter again and again has any length.
    const random = (length: number) => randomBytes(length).toString('base64url').slice(0, length);
    const post = (state: string) =>
      ada.browser.post(
        '/logout',
        { client_id: app.clientId, post_logout_redirect_uri: AFTER, state },
        { 'sec-fetch-site': 'cross-site', origin: SHOP_ORIGIN, referer: `${SHOP_ORIGIN}/` },
      );
    await asks(await post(random(4_000)));
    for (const length of [8_000, 15_900]) {
      const page = await post(random(length));
      assert.equal(page.status, 413, String(length));
      assert.equal(page.url.pathname, '/logout');
      assert.ok(page.heading, 'says so on a page');
    }
  });

  it('keeps the query of a registered address', async () => {
    const page = await logout({
      id_token_hint: tokens.idToken,
      post_logout_redirect_uri: `${AFTER}?from=platform`,
      state: 's',
    });
    assert.equal(page.url.href, `${AFTER}?from=platform&state=s`);
  });

  for (const [title, parameters] of [
    ['oidcc-rp-initiated-logout-no-params', {}],
    ['oidcc-rp-initiated-logout-only-state', { state: 's' }],
    ['a language and a hint alone', { ui_locales: 'en', logout_hint: 'ada@example.com' }],
  ] as const) {
    it(title, async () => {
      const page = await logout(parameters);
      await asks(page);
      const done = await confirm(page);
      assert.equal(done.status, 200);
      assert.match(done.heading, /signed out/);
      assert.equal(await isSignedIn(), false);
    });
  }

  it('oidcc-rp-initiated-logout-no-post-logout-redirect-uri', async () => {
    const done = await logout({ id_token_hint: tokens.idToken, state: 's' });
    assert.match(done.heading, /signed out/);
    assert.equal(await isSignedIn(), false);
  });

  it('oidcc-rp-initiated-logout-no-id-token-hint', async () => {
    const page = await logout({ post_logout_redirect_uri: AFTER, state: 's' });
    await asks(page);
    const done = await confirm(page);
    assert.match(done.heading, /signed out/);
    assert.match(done.html, /post_logout_redirect_uri was not used/, 'nothing that was sent is ignored in silence');
  });

  it('asks when only the client says who it is, and goes back after the answer', async () => {
    const page = await logout({ client_id: app.clientId, post_logout_redirect_uri: AFTER, state: 's' });
    await asks(page);
    assert.match(page.html, /Test Shop/);
    assert.match(page.headers.get('content-security-policy') ?? '', /form-action 'self' https:\/\/shop\.example/);
    assert.equal((await confirm(page)).url.href, `${AFTER}?state=s`);
    assert.equal(await isSignedIn(), false);
  });

  it('oidcc-rp-initiated-logout-bad-post-logout-redirect-uri', async () => {
    for (const uri of [
      'https://shop.example/elsewhere',
      'https://evil.example/',
      `${AFTER}/`,
      AFTER.toUpperCase(),
      CALLBACK,
    ])
      await refuses(
        await logout({ id_token_hint: tokens.idToken, post_logout_redirect_uri: uri, state: 's' }),
        /not registered/,
      );
  });

  it('oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri', async () => {
    const parameters = { id_token_hint: tokens.idToken, post_logout_redirect_uri: `${AFTER}?foo=bar`, state: 's' };
    await refuses(await logout(parameters), /not registered/);
  });

  it('oidcc-rp-initiated-logout-modified-id-token-hint', async () => {
    const [, payload = ''] = tokens.idToken.split('.');
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    const [header = '', , signature = ''] = tokens.idToken.split('.');
    const claims = { ...decodeJwt(tokens.idToken), sub: 'somebody' };
    const changed = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
    for (const hint of [unsigned, changed, `${tokens.idToken}x`, 'nonsense'])
      await refuses(
        await logout({ id_token_hint: hint, post_logout_redirect_uri: AFTER, state: 's' }),
        /id_token_hint is refused/,
      );
  });

  it('oidcc-rp-initiated-logout-bad-id-token-hint', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    const forged = await new SignJWT(decodeJwt(tokens.idToken))
      .setProtectedHeader({ alg: 'ES256', kid: 'theirs' })
      .sign(privateKey);
    const page = await logout({ id_token_hint: forged, post_logout_redirect_uri: AFTER, state: 's' });
    await asks(page);
    assert.match((await confirm(page)).heading, /signed out/, 'and does not go back');
  });

  it('takes a hint that has expired', async () => {
    const { clientId } = app;
    await platform.database.db.updateTable('apps').set({ credential_lifetime: 1 }).execute();
    try {
      const short = await shop.signIn(ada.browser);
      const { exp = 0 } = decodeJwt(short.idToken);
      await until(() => Date.now() / 1000 > exp + 1);
      const page = await logout({ id_token_hint: short.idToken, client_id: clientId, post_logout_redirect_uri: AFTER });
      assert.equal(page.url.href, AFTER);
    } finally {
      await platform.database.db.updateTable('apps').set({ credential_lifetime: null }).execute();
    }
  });

  it('takes POST, also from another site, whose form brings no cookies', async () => {
    const form = { id_token_hint: tokens.idToken, post_logout_redirect_uri: AFTER, state: 's' };
    const posted = await fetch(`${platform.url}/logout`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: SHOP_ORIGIN, 'sec-fetch-site': 'cross-site' },
      body: new URLSearchParams(form),
    });
    assert.equal(posted.status, 303);
    assert.equal(posted.headers.get('referrer-policy'), null, 'the policy of the page that posts stays');
    const location = posted.headers.get('location') ?? '';
    assert.ok(
      !location.includes(tokens.idToken),
      'an ID token tells of a person, and addresses are kept in many places',
    );
    const page = await ada.browser.follow(location, SHOP_ORIGIN);
    assert.equal(page.url.href, `${AFTER}?state=s`);
    assert.equal(await isSignedIn(), false);
  });

  it('refuses a changed request that it has sealed', async () => {
    for (const request of ['sealed.AAAA', 'x']) assert.equal((await ada.browser.get(address({ request }))).status, 400);
  });

  it('refuses parameters that come twice, and a client that is not the hint’s', async () => {
    await refuses(await ada.browser.get('/logout?state=1&state=2'), /state must be given once/);
    await refuses(
      await logout({ id_token_hint: tokens.idToken, client_id: other.clientId }),
      /not the one to which id_token_hint was issued/,
    );
    await refuses(await logout({ client_id: 'a'.repeat(32), post_logout_redirect_uri: AFTER }), /client_id/);
  });

  it('asks whoever is somebody else than the hint says', async () => {
    const eve = await resident(platform);
    const theirs = await shop.signIn(eve.browser);
    const page = await logout({ id_token_hint: theirs.idToken, post_logout_redirect_uri: AFTER });
    await asks(page);
  });

  it('asks when the hint is of another session of the same person', async () => {
    const before = tokens;
    await ada.browser.submit(await ada.browser.get('/account'), '/sign-out');
    const form = await ada.browser.get('/account/sign-in');
    await ada.browser.submit(form, '/account/sign-in', { email: ada.email, password: 'an engine of difference' });
    await shop.signIn(ada.browser);
    await asks(await logout({ id_token_hint: before.idToken, post_logout_redirect_uri: AFTER }));
  });

  it('asks when the vendor’s hint means somebody else', async () => {
    await asks(await logout({ id_token_hint: tokens.idToken, logout_hint: 'somebody@example.com' }));
  });

  it('signs nobody out unseen: embedded, prefetched, or by HEAD', async () => {
    const target = address({ id_token_hint: tokens.idToken });
    for (const headers of [
      { 'sec-fetch-dest': 'empty', 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-dest': 'image', 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'same-site' },
      { 'sec-purpose': 'prefetch' },
    ])
      await asks(await ada.browser.get(target, headers as Record<string, string>));
    await fetch(`${platform.url}${target}`, {
      method: 'HEAD',
      headers: { cookie: ada.browser.cookieHeader('/logout') },
    });
    assert.ok(await isSignedIn());
  });

  it('takes no answer to the question from another site, nor without the page’s proof', async () => {
    const page = await logout({});
    const { action, values } = page.form('/logout/confirm');
    const foreign = { origin: SHOP_ORIGIN, 'sec-fetch-site': 'cross-site' };
    assert.equal((await ada.browser.post(action, values, foreign)).status, 403);
    assert.equal((await ada.browser.post(action, { ...values, csrf: 'x' })).status, 403);
    const eve = await resident(platform);
    assert.equal((await eve.browser.post(action, values)).status, 403, 'of another session');
    assert.ok((await isSignedIn()) && (await isSignedIn(eve.browser)));
  });

  it('is no way to send people anywhere: a link with the address of an app that nobody has chosen shows it', async () => {
    const stranger = platform.browser();
    const uri = 'https://elsewhere.example/out';
    const parameters = { client_id: other.clientId, post_logout_redirect_uri: uri, state: 's' };
    for (const open of [
      () => stranger.get(address(parameters)),
      () => stranger.follow(address(parameters), 'https://mail.example'),
    ]) {
      const page = await open();
      assert.equal(page.url.origin, platform.url);
      assert.match(page.html, /https:\/\/elsewhere\.example/);
      assert.match(page.html, /Back to/);
    }
    const own = await stranger.follow(address(parameters), 'https://elsewhere.example');
    assert.equal(own.url.href, `${uri}?state=s`, 'the app’s own page goes back at once');
    await asks(await logout(parameters));
  });

  it('is not open to an app of the other realm', async () => {
    const sandbox = await platform.createApp({ postLogoutRedirectUris: [AFTER] });
    await refuses(
      await logout({ client_id: sandbox.clientId, post_logout_redirect_uri: AFTER }),
      /No app of this realm/,
    );
  });

  it('takes neither an access token nor a logout token for an ID token', async () => {
    const response = await fetch(`${platform.url}/custom_api/external_login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ client_id: app.clientId, client_secret: app.clientSecret, environment: 'production' }),
    });
    const { data } = (await response.json()) as { data: { token: string } };
    await refuses(await logout({ id_token_hint: data.token }), /another kind of token/);
  });

  it('speaks the language that the vendor asks for, and cannot be framed', async () => {
    const page = await logout({ ui_locales: 'xx nl' });
    assert.match(page.html, /<html lang="nl"/);
    assert.match(page.heading, /Uitloggen/);
    assert.match(page.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
    assert.equal(page.headers.get('cache-control'), 'no-store');
  });

  it('ends what was issued in the session without offline_access, and keeps what was issued with it', async () => {
    const userinfo = async ({ accessToken }: Tokens) =>
      (await fetch(`${platform.url}/userinfo`, { headers: { authorization: `Bearer ${accessToken}` } })).status;
    const kept = await shop.signIn(ada.browser, 'openid offline_access');
    assert.equal(await userinfo(tokens), 200);
    await logout({ id_token_hint: kept.idToken });
    assert.equal(await isSignedIn(), false);
    assert.equal(await userinfo(tokens), 401);
    const refreshed = await shop.redeem({ grant_type: 'refresh_token', refresh_token: kept.refreshToken ?? '' });
    assert.equal(await userinfo(refreshed), 200);
  });
});
