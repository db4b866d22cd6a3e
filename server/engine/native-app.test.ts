import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { CALLBACK, PASSWORD, type Resident, resident, type Tokens } from '../portal/testing/resident.ts';
import type { AppSecrets } from '../storage/app-environments.ts';
import type { NewApp } from '../storage/apps.ts';
import type { Page } from '../testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

const SCHEME = 'com.example.app:/callback';
const LOOPBACK = 'http://127.0.0.1/callback';
const CLAIMED = 'https://app.example/callback';
const verifier = randomBytes(32).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');

describe('a native app', () => {
  let platform: TestPlatform;
  let person: Resident;
  before(async () => {
    platform = await startTestPlatform();
    person = await resident(platform);
  });
  after(() => platform.close());

  const newApp = (more: Partial<NewApp> = {}) =>
    platform.createApp({
      kind: 'native',
      name: 'Fern',
      environment: 'production',
      origins: [],
      redirectUris: [SCHEME, LOOPBACK, 'http://[::1]/callback', CLAIMED],
      ...more,
    });
  const newSite = () => platform.createApp({ environment: 'production', redirectUris: [CALLBACK, LOOPBACK] });
  const query = ({ clientId }: AppSecrets, more: Record<string, string> = {}) => ({
    client_id: clientId,
    redirect_uri: SCHEME,
    response_type: 'code',
    scope: 'openid email offline_access',
    state: 's',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...more,
  });
  /** As the device opens it, in a browser where the person is signed in. */
  const ask = (app: AppSecrets, more?: Record<string, string>, browser = person.browser) =>
    browser.get(`/authorize?${new URLSearchParams(query(app, more))}`);
  const agree = async (app: AppSecrets, more?: Record<string, string>) =>
    person.browser.submit(await ask(app, more), '/consent');
  const send = async (path: string, body: Record<string, string>, headers: Record<string, string> = {}) => {
    const response = await fetch(platform.url + path, { method: 'POST', headers, body: new URLSearchParams(body) });
    return {
      status: response.status,
      headers: response.headers,
      ...((await response.json().catch(() => ({}))) as Tokens),
    };
  };
  const codeOf = (page: Page) => page.url.searchParams.get('code') ?? '';
  const redeem = ({ clientId }: AppSecrets, page: Page, more: Record<string, string> = {}, headers = {}) =>
    send(
      '/token',
      {
        client_id: clientId,
        grant_type: 'authorization_code',
        code: codeOf(page),
        redirect_uri: SCHEME,
        code_verifier: verifier,
        ...more,
      },
      headers,
    );
  const refresh = ({ clientId }: AppSecrets, token = '', headers = {}) =>
    send('/token', { client_id: clientId, grant_type: 'refresh_token', refresh_token: token }, headers);

  it('signs in at its own scheme, without a secret, and stays connected by rotation', async () => {
    const app = await newApp();
    const page = await agree(app);
    assert.equal(page.url.protocol + page.url.pathname, SCHEME);
    assert.deepEqual([page.url.searchParams.get('state'), page.url.searchParams.get('iss')], ['s', platform.url]);
    assert.match(page.headers.get('location') ?? '', /^com\.example\.app:\/callback\?code=/);
    const tokens = await redeem(app, page);
    assert.ok(tokens.id_token && tokens.refresh_token);
    const next = await refresh(app, tokens.refresh_token);
    assert.ok(next.refresh_token && next.refresh_token !== tokens.refresh_token);
    const claims = await fetch(`${platform.url}/userinfo`, {
      headers: { authorization: `Bearer ${next.access_token}` },
    });
    assert.equal(((await claims.json()) as { email: string }).email, person.email);
  });

  it('may be a web view, whatever its origin', async () => {
    const app = await newApp();
    const origin = 'capacitor://localhost';
    const tokens = await redeem(app, await agree(app), {}, { origin });
    assert.deepEqual([tokens.status, tokens.headers.get('access-control-allow-origin')], [200, origin]);
    assert.equal(tokens.headers.get('access-control-allow-credentials'), null);
    assert.equal((await refresh(app, tokens.refresh_token, { origin })).status, 200);
  });

  it('and its backend, with the secret, are one client', async () => {
    const app = await newApp();
    const authorization = `Basic ${btoa(`${app.clientId}:${app.clientSecret}`)}`;
    assert.ok((await redeem(app, await agree(app), {}, { authorization })).refresh_token);
    const wrong = await redeem(app, await agree(app, { prompt: 'consent' }), { client_secret: 'guessed' });
    assert.equal(wrong.error, 'invalid_client', 'a wrong secret is no absent one');
  });

  it('does not stay connected by what its backend received: that takes the secret, as of any client that has one', async () => {
    const app = await newApp();
    const authorization = `Basic ${btoa(`${app.clientId}:${app.clientSecret}`)}`;
    const { refresh_token: token } = await redeem(app, await agree(app), {}, { authorization });
    assert.ok(token);
    assert.equal((await refresh(app, token)).error, 'invalid_grant');
    const next = await refresh(app, token, { authorization });
    assert.equal(next.status, 200, 'and it is not used up by who has no secret');
    assert.equal((await refresh(app, next.refresh_token)).error, 'invalid_grant', 'and neither are those after it');
    assert.equal((await send('/revoke', { client_id: app.clientId, token })).status, 200);
    assert.equal((await refresh(app, token, { authorization })).status, 200, 'revoking takes it as well');
  });

  it('is answered on loopback at whichever port, and nowhere else', async () => {
    const app = await newApp();
    await agree(app);
    for (const uri of ['http://127.0.0.1:51004/callback', LOOPBACK, 'http://[::1]:7/callback', SCHEME, CLAIMED]) {
      const page = await ask(app, { redirect_uri: uri });
      assert.equal(page.status, uri === CLAIMED ? page.status : 200, uri);
      assert.doesNotMatch(page.heading, /may not ask/, uri);
    }
    for (const uri of [
      'http://127.0.0.1.evil.example/callback',
      'http://127.0.0.1:1@evil.example/callback',
      'http://127.0.0.1@evil.example/callback',
      'http://evil.example/http://127.0.0.1/callback',
      'http://127.0.0.1:99999/callback',
      'http://127.0.0.1:80:80/callback',
      'http://127.0.0.1:/callback',
      'http://127.0.0.1:51004/callback/',
      'http://127.0.0.1:51004/Callback',
      'http://127.0.0.1:51004/callback?x=1',
      'http://127.0.0.1:51004/a/../callback',
      'http://127.0.0.1:51004/%63allback',
      'http://127.0.0.1:51004//callback',
      'http://127.0.0.1:51004\\@evil.example/callback',
      'http://127.0.0.2:51004/callback',
      'http://127.1:51004/callback',
      'http://2130706433:51004/callback',
      'http://0177.0.0.1:51004/callback',
      'http://localhost:51004/callback',
      'http://localhost.evil.example/callback',
      'http://[::1].evil.example/callback',
      'http://[::ffff:127.0.0.1]:7/callback',
      'http://[0:0:0:0:0:0:0:1]:7/callback',
      'https://127.0.0.1:51004/callback',
      'HTTP://127.0.0.1:51004/callback',
      'com.example.app:/other',
      'com.example.app://callback',
      'COM.EXAMPLE.APP:/callback',
      'com.example.app.evil:/callback',
      'com.example.app:/callback#x',
      'https://app.example:8443/callback',
      'https://app.example/callback/',
      'javascript:alert(1)',
    ]) {
      const page = await ask(app, { redirect_uri: uri });
      assert.equal(page.status, 400, uri);
      assert.ok(!page.html.includes('evil.example/'), uri);
    }
  });

  it('is never passed silently where another app could take its place', async () => {
    const app = await newApp();
    await agree(app);
    for (const uri of [SCHEME, 'http://127.0.0.1:51004/callback']) {
      const page = await ask(app, { redirect_uri: uri });
      assert.equal(page.heading, 'Continue to Fern?');
      assert.match(page.html, /The app on this device/);
      const answer = await person.browser.submit(page, '/continue');
      assert.ok(codeOf(answer), uri);
      const none = await ask(app, { redirect_uri: uri, prompt: 'none' });
      assert.match(none.html, /error=interaction_required/, 'a page with a link, because nobody chose the app');
    }
    const claimed = await ask(app, { redirect_uri: CLAIMED });
    assert.ok(codeOf(claimed), 'nobody else can claim it');
    // Not even right after a sign-in.
    const browser = platform.browser();
    const signIn = await ask(app, {}, browser);
    let page = await browser.submit(signIn, '/sign-in', { email: person.email, password: PASSWORD });
    if (page.html.includes('/passkey-offer')) page = await browser.submit(page, '/passkey-offer');
    assert.equal(page.heading, 'Continue to Fern?');
  });

  it('needs PKCE and a code, and has no page', async () => {
    const app = await newApp();
    for (const [more, error, about] of [
      [{ code_challenge: '', code_challenge_method: '' }, 'invalid_request', /PKCE/],
      [{ code_challenge_method: 'plain' }, 'invalid_request', /code_challenge_method/],
      [{ response_mode: 'web_message' }, 'invalid_request', /no page/],
      [{ response_type: 'id_token', nonce: 'n' }, 'invalid_request', /response_type/],
    ] as const) {
      const { html } = await ask(app, more);
      const link = new URL((/href="(com\.example[^"]*)"/.exec(html)?.[1] ?? 'none:').replaceAll('&amp;', '&'));
      const answer = link.hash ? new URLSearchParams(link.hash.slice(1)) : link.searchParams;
      assert.equal(answer.get('error'), error);
      assert.match(answer.get('error_description') ?? '', about);
    }
    const popup = { client_id: app.clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' };
    const page = await person.browser.openPopup(popup);
    assert.equal(page.status, 403);
    assert.match(page.html, /native app, which has no pages/);
  });

  it('redeems a code once, with its own verifier, at its own address', async () => {
    const app = await newApp();
    const page = await agree(app);
    for (const [more, why] of [
      [{ code_verifier: '' }, 'none'],
      [{ code_verifier: randomBytes(32).toString('base64url') }, 'of somebody else (code injection)'],
      [{ redirect_uri: 'http://127.0.0.1:51004/callback' }, 'another address'],
    ] as const) {
      const { error } = await redeem(app, page, more);
      assert.ok(error, why);
    }
    const other = await newApp();
    assert.equal((await redeem(other, page)).error, 'invalid_grant', 'another client');
    const fresh = await person.browser.submit(await ask(app), '/continue');
    const { refresh_token: token } = await redeem(app, fresh);
    assert.equal((await redeem(app, fresh)).error, 'invalid_grant', 'replayed');
    assert.equal((await refresh(app, token)).error, 'invalid_grant', 'and all tokens of it are gone');
  });

  it('may lose an answer, and a thief of a token ends with everything', async (test) => {
    const app = await newApp();
    const { refresh_token: first } = await redeem(app, await agree(app));
    const [one, two] = await Promise.all([refresh(app, first), refresh(app, first)]);
    assert.ok(one.refresh_token && two.refresh_token, 'two threads at once');
    const again = await refresh(app, first);
    assert.ok(again.refresh_token, 'a lost answer');
    assert.equal(new Set([first, one.refresh_token, two.refresh_token, again.refresh_token]).size, 4);
    test.mock.timers.enable({ apis: ['Date'], now: Date.now() + 61_000 });
    assert.equal((await refresh(app, first)).error, 'invalid_grant', 'stolen');
    for (const { refresh_token: token, access_token: access } of [one, two, again]) {
      assert.equal((await refresh(app, token)).error, 'invalid_grant');
      const claims = await fetch(`${platform.url}/userinfo`, { headers: { authorization: `Bearer ${access}` } });
      assert.equal(claims.status, 401);
    }
  });

  it('that signs out ends its own token, and not those of other devices', async () => {
    const app = await newApp();
    const here = await redeem(app, await agree(app));
    const there = await redeem(app, await person.browser.submit(await ask(app), '/continue'));
    await send('/revoke', { client_id: app.clientId, token: here.refresh_token ?? '' });
    assert.equal((await refresh(app, here.refresh_token)).error, 'invalid_grant');
    assert.ok((await refresh(app, there.refresh_token)).access_token);
  });

  it('is told that somebody cancelled', async () => {
    const app = await newApp();
    const page = await person.browser.submit(await ask(app), '/cancel');
    assert.equal(page.url.protocol, 'com.example.app:');
    assert.equal(page.url.searchParams.get('error'), 'access_denied');
  });

  describe('is nothing that a website could claim to be', () => {
    it('without its secret', async () => {
      const site = await newSite();
      const page = await agree(site, { redirect_uri: CALLBACK });
      const body = { redirect_uri: CALLBACK };
      for (const headers of [{}, { origin: 'https://evil.example' }, { origin: 'capacitor://localhost' }])
        assert.ok((await redeem(site, page, body, headers)).error, JSON.stringify(headers));
    });

    it('at another port', async () => {
      const site = await newSite();
      assert.equal((await ask(site, { redirect_uri: 'http://127.0.0.1:51004/callback' })).status, 400);
    });
  });
});
