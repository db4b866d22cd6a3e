import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { askAsBackend, CHALLENGE, codeIn, REDIRECT_URI, type SandboxApp, VERIFIER } from '../testing/code-flow.ts';
import type { HttpBrowser, Page } from '../testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

interface Pushed {
  status: number;
  headers: Headers;
  body: { request_uri?: string; expires_in?: number; error?: string; error_description?: string };
}

/** RFC 9126. */
describe('a pushed authorization request', () => {
  let platform: TestPlatform;
  let app: SandboxApp;
  before(async () => {
    platform = await startTestPlatform({ TRUST_PROXY: 'loopback' });
    app = await platform.createApp({ redirectUris: [REDIRECT_URI] });
  });
  after(() => platform.close());

  const REQUEST = { response_type: 'code', redirect_uri: REDIRECT_URI, scope: 'openid', state: 's', ...CHALLENGE };
  const basic = ({ clientId, clientSecret }: SandboxApp) => ({
    authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
  });
  const push = async (
    by: SandboxApp = app,
    more: Record<string, string> = {},
    headers: HeadersInit = basic(by),
  ): Promise<Pushed> => {
    const body = new URLSearchParams({ client_id: by.clientId, ...REQUEST, ...more });
    const response = await fetch(`${by.issuer}/par`, { method: 'POST', headers, body });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Pushed['body'] };
  };
  const uriFor = async (by: SandboxApp = app, more: Record<string, string> = {}): Promise<string> => {
    const { body } = await push(by, more);
    assert.ok(body.request_uri, String(body.error_description));
    return body.request_uri;
  };
  const open = (
    requestUri: string,
    { browser = platform.browser(), by = app, more = {} as Record<string, string>, from = SHOP_ORIGIN } = {},
  ): Promise<Page> =>
    browser.follow(
      `${by.issuer}/authorize?${new URLSearchParams({ client_id: by.clientId, request_uri: requestUri, ...more })}`,
      from,
    );
  const agree = async (browser: HttpBrowser, page: Page): Promise<Page> => {
    const next = await browser.submit(page, '/persona', { persona: 'complete' });
    return next.html.includes('/consent"') ? browser.submit(next, '/consent') : next;
  };
  const errorIn = ({ url }: Page) => url.searchParams.get('error');

  it('signs in as one in the address does, and lives a minute', async () => {
    const { status, body, headers } = await push();
    assert.deepEqual([status, body.expires_in], [201, 60]);
    assert.match(String(headers.get('cache-control')), /no-store/);
    assert.match(body.request_uri ?? '', /^urn:ietf:params:oauth:request_uri:[\w-]{20,}$/);
    const browser = platform.browser();
    const end = await agree(browser, await open(body.request_uri ?? '', { browser }));
    assert.equal(end.url.searchParams.get('state'), 's');
    const answer = await askAsBackend(app, { code: codeIn(end), code_verifier: VERIFIER });
    assert.equal(answer.status, 200);
  });

  it('gives a code to each press of the button', async () => {
    const browser = platform.browser();
    const page = await open(await uriFor(app, { prompt: 'consent' }), { browser });
    const consent = await browser.submit(page, '/persona', { persona: 'complete' });
    const { action, values } = consent.form('/consent');
    const [first, second] = [await browser.post(action, values), await browser.post(action, values)];
    assert.notEqual(codeIn(first), codeIn(second));
    const answer = await askAsBackend(app, { code: codeIn(second), code_verifier: VERIFIER });
    assert.equal(answer.status, 200);
  });

  it('is announced, and not required', async () => {
    const response = await fetch(`${app.issuer}/.well-known/openid-configuration`);
    const metadata = (await response.json()) as Record<string, unknown>;
    assert.equal(metadata['pushed_authorization_request_endpoint'], `${app.issuer}/par`);
    assert.equal(metadata['require_pushed_authorization_requests'], false);
  });

  describe('works once', () => {
    it('also while the first person has not signed in yet', async () => {
      const requestUri = await uriFor();
      const [first, second] = [platform.browser(), platform.browser()];
      const page = await open(requestUri, { browser: first });
      assert.equal(page.heading, 'Sign in');
      const replayed = await open(requestUri, { browser: second });
      assert.deepEqual([replayed.status, replayed.heading], [400, 'The shop sent an invalid request']);
      assert.match(replayed.html, /request_uri is invalid, expired, or was already used/);
      assert.ok(codeIn(await agree(first, page)), 'the first goes on');
    });

    it('for somebody who passes without a page, of several at the same moment too', async () => {
      const browser = platform.browser();
      await agree(browser, await open(await uriFor(), { browser }));
      const requestUri = await uriFor();
      const ends = await Promise.all([1, 2, 3].map(() => open(requestUri, { browser })));
      assert.equal(ends.filter(({ url }) => url.searchParams.has('code')).length, 1);
      assert.equal(
        errorIn(await open(requestUri, { browser })),
        null,
        'nothing is told to an address that is not known',
      );
    });

    it('and after a minute not at all', async () => {
      const requestUri = await uriFor();
      await platform.database.db
        .updateTable('oidc_records')
        .set({ expires_at: Date.now() - 1 })
        .where('model', '=', 'PushedAuthorizationRequest')
        .execute();
      assert.equal((await open(requestUri)).status, 400);
    });
  });

  describe('belongs to its client', () => {
    it('and no other one can use it', async () => {
      const other = await platform.createApp({ name: 'Other', redirectUris: [REDIRECT_URI] });
      const requestUri = await uriFor();
      const mixed = await open(requestUri, { by: other, more: { redirect_uri: REDIRECT_URI, response_type: 'code' } });
      assert.ok(errorIn(mixed) ?? mixed.status === 400);
      assert.equal(mixed.url.searchParams.get('code'), null);
      assert.doesNotMatch(mixed.html, /class="persona/);
    });

    it('who has to authenticate with the secret: a page of the app, or anybody, cannot push', async () => {
      const wrong = { ...app, clientSecret: 'wrong' };
      for (const headers of [{}, { origin: SHOP_ORIGIN }, basic(wrong)] satisfies HeadersInit[]) {
        const { status, body } = await push(app, {}, headers);
        assert.deepEqual([status, body.error], [401, 'invalid_client'], JSON.stringify(headers));
      }
      assert.equal((await push(app, { client_secret: app.clientSecret }, {})).status, 201);
    });

    it('though a native app, which has none, pushes without', async () => {
      const native = await platform.createApp({ kind: 'native', origins: [], redirectUris: ['com.example.till:/cb'] });
      const request = { redirect_uri: 'com.example.till:/cb' };
      const { status, body } = await push(native, request, {});
      assert.equal(status, 201);
      assert.equal((await open(body.request_uri ?? '', { by: native })).heading, 'Sign in');
      const withoutChallenge = { ...request, code_challenge: '', code_challenge_method: '' };
      assert.deepEqual((await push(native, withoutChallenge, {})).body.error, 'invalid_request');
    });

    it('nor the other realm', async () => {
      const requestUri = await uriFor();
      const production = { ...app, issuer: platform.url };
      assert.equal((await open(requestUri, { by: production })).status, 400);
      assert.equal((await push(production)).status, 401);
    });

    it('and wrong secrets are slowed as at the token endpoint', async () => {
      const slowed = await platform.createApp({ redirectUris: [REDIRECT_URI] });
      const wrong = () =>
        push(slowed, {}, { ...basic({ ...slowed, clientSecret: 'wrong' }), 'x-forwarded-for': '198.51.100.9' });
      for (let guess = 1; guess <= 10; guess += 1) assert.equal((await wrong()).status, 401);
      assert.equal((await wrong()).status, 429);
      assert.equal((await push(slowed)).status, 201, 'the right one works');
    });

    it('and is pushed under no other name', async () => {
      const other = await platform.createApp({ name: 'Other', redirectUris: [REDIRECT_URI] });
      const { status, body } = await push(app, { client_id: other.clientId });
      assert.equal(body.request_uri, undefined);
      assert.ok(status === 400 || status === 401, `${status}`);
      assert.equal((await push(app, { client_id: '' })).status, 400);
    });
  });

  describe('is what it was when it was pushed', () => {
    it('whatever the address adds', async () => {
      const browser = platform.browser();
      const more = { redirect_uri: 'https://evil.example/', scope: 'openid email', prompt: 'none', nonce: 'evil' };
      const page = await open(await uriFor(), { browser, more });
      assert.equal(page.heading, 'Sign in');
      const end = await agree(browser, page);
      assert.equal(end.url.origin + end.url.pathname, REDIRECT_URI);
      assert.equal(end.url.searchParams.get('state'), 's');
    });
  });

  /** With the rules of any other request. */
  const REFUSED: [what: string, parameters: Record<string, string>, error: string, hint: RegExp][] = [
    ['an address that is not registered', { redirect_uri: 'https://evil.example/' }, 'invalid_request', /redirect_uri/],
    [
      'a claim whose field is not registered',
      { claims: '{"id_token":{"birthdate":null}}' },
      'invalid_request',
      /birthdate/,
    ],
    ['claims that are no JSON', { claims: '{' }, 'invalid_request', /claims/],
    ['a credential in an address', { response_type: 'id_token', nonce: 'n' }, 'invalid_request', /carries only a code/],
    ['a relay that is not registered', { relay_uri: 'https://evil.example/' }, 'invalid_request', /relay_uri/],
    ['a FedCM ticket of nobody', { fedcm: 'x' }, 'invalid_request', /fedcm/],
    ['an algorithm of its own', { id_token_alg: 'none' }, 'invalid_request', /id_token_alg/],
    ['a challenge that is plain', { code_challenge_method: 'plain' }, 'invalid_request', /code_challenge_method/],
    [
      'a code for a page without a challenge',
      { response_mode: 'fragment', code_challenge: '', code_challenge_method: '' },
      'invalid_request',
      /PKCE/,
    ],
    ['an unknown prompt', { prompt: 'whatever' }, 'invalid_request', /prompt/],
    [
      'an address of a request',
      { request_uri: 'urn:ietf:params:oauth:request_uri:x' },
      'request_uri_not_supported',
      /^/,
    ],
    ['a signed request', { request: 'e30.e30.' }, 'request_not_supported', /^/],
    ['more than is kept', { state: 'x'.repeat(5_000) }, 'invalid_request', /4096 characters/],
  ];
  for (const [what, parameters, error, hint] of REFUSED)
    it(`is refused in JSON: ${what}`, async () => {
      const { status, body, headers } = await push(app, parameters);
      assert.deepEqual([status, body.error], [400, error], `${body.error_description}`);
      assert.match(headers.get('content-type') ?? '', /^application\/json/);
      assert.match(body.error_description ?? '', hint);
    });

  it('is refused in JSON when a parameter is there twice, or it is no form', async () => {
    const send = (body: string, type = 'application/x-www-form-urlencoded') =>
      fetch(`${app.issuer}/par`, { method: 'POST', headers: { ...basic(app), 'content-type': type }, body });
    const twice = await send(`client_id=${app.clientId}&${new URLSearchParams(REQUEST)}&state=t`);
    assert.deepEqual([twice.status, ((await twice.json()) as Pushed['body']).error], [400, 'invalid_request']);
    const json = await send(JSON.stringify(REQUEST), 'application/json');
    assert.deepEqual([json.status, ((await json.json()) as Pushed['body']).error], [400, 'invalid_request']);
    assert.equal((await send(`state=${'x'.repeat(100_000)}`)).status, 400);
  });

  const ELSEWHERE = [
    'https://evil.example/request',
    'http://127.0.0.1/x',
    'urn:other:x',
    'urn:ietf:params:oauth:request_uri:',
  ];
  for (const requestUri of ELSEWHERE)
    it(`is not fetched from elsewhere: ${requestUri}`, async () => {
      const page = await open(requestUri, { more: REQUEST });
      assert.match(errorIn(page) ?? '', /^(request_uri_not_supported|invalid_request_uri)$/);
    });

  describe('passes nobody silently for a page that is not the app’s', () => {
    it('though the app has pushed it', async () => {
      const browser = platform.browser();
      await agree(browser, await open(await uriFor(), { browser }));
      const from = 'https://evil.example';
      const page = await open(await uriFor(), { browser, from });
      assert.match(page.html, /\/continue"/, 'a click');
      const silent = await open(await uriFor(app, { prompt: 'none' }), { browser, from });
      assert.equal(silent.url.origin, platform.url, 'stays here');
      assert.equal(silent.status, 400);
      assert.ok(codeIn(await open(await uriFor(app, { prompt: 'none' }), { browser })), 'the app’s own page does');
    });
  });
});
