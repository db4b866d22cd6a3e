import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { FIELDS } from '@signup-with-platform/protocol';
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import { makeStale, PASSWORD, type Resident, resident, userinfo } from '#portal/testing/resident.ts';
import { askAsBackend, CHALLENGE, REDIRECT_URI, type SandboxApp, VERIFIER } from '../testing/code-flow.ts';
import type { HttpBrowser, Page } from '../testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

type Parameters = Record<string, string>;

// The rules of the OpenID Foundation's conformance suite, whose modules the titles are (docs/conformance.md). Those of its plans for sign-out
// are in server/delivery/popup/logout/logout.test.ts and server/outbox/logouts.test.ts.

const PERSON = {
  phoneNumber: '+442079460000',
  address: { street_address: "12 St James's Square", locality: 'London', country: 'GB' },
  birthdate: '1990-12-10',
  locale: 'en-GB',
  picture: 'https://id.example/ada.png',
};
const PROFILE = ['name', 'given_name', 'family_name', 'birthdate', 'locale', 'picture'];
const EMAIL = ['email', 'email_verified'];
const PHONE = ['phone_number', 'phone_number_verified'];

let platform: TestPlatform;
let app: SandboxApp;
let other: SandboxApp;
let ada: Resident;
before(async () => {
  platform = await startTestPlatform();
  const registered = { environment: 'production', redirectUris: [REDIRECT_URI] } as const;
  app = await platform.createApp({ ...registered, fields: FIELDS.map((field) => ({ field, required: false })) });
  other = await platform.createApp(registered);
  ada = await resident(platform, PERSON);
});
after(() => platform.close());

describe('oidcc-config-certification-test-plan', () => {
  it('oidcc-discovery-endpoint-verification', async () => {
    const response = await fetch(`${app.issuer}/.well-known/openid-configuration`);
    assert.equal(response.headers.get('content-type')?.split(';', 1)[0], 'application/json');
    const metadata = (await response.json()) as Record<string, unknown>;
    assert.equal(metadata['issuer'], app.issuer);
    for (const [name, value] of [
      ['response_types_supported', 'code'],
      ['grant_types_supported', 'authorization_code'],
      ['subject_types_supported', 'pairwise'],
      ['id_token_signing_alg_values_supported', 'RS256'],
      ['scopes_supported', 'openid'],
      ['claims_supported', 'sub'],
      ['code_challenge_methods_supported', 'S256'],
    ] as const)
      assert.ok((metadata[name] as string[]).includes(value), name);
    for (const name of ['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri'])
      assert.equal(new URL(String(metadata[name])).origin, platform.url, name);
  });
});

for (const [plan, mode] of [
  ['oidcc-basic-certification-test-plan', {}],
  ['oidcc-formpost-basic-certification-test-plan', { response_mode: 'form_post' }],
] as [string, Parameters][])
  describe(plan, () => {
    const request = (more: Parameters = {}): Parameters => ({
      client_id: app.clientId,
      response_type: 'code',
      redirect_uri: REDIRECT_URI,
      scope: 'openid',
      state: 's',
      nonce: 'n',
      ...mode,
      ...more,
    });
    const ask = (parameters: Parameters, browser: HttpBrowser = ada.browser) =>
      browser.follow(`${app.issuer}/authorize?${new URLSearchParams(parameters)}`, SHOP_ORIGIN);
    /** Signs in and agrees, where either is asked. */
    async function goThrough(first: Page, browser: HttpBrowser = ada.browser): Promise<Page> {
      let page = first;
      if (page.heading === 'Sign in')
        page = await browser.submit(page, '/sign-in', { email: ada.email, password: PASSWORD });
      if (page.html.includes('/consent"')) page = await browser.submit(page, '/consent');
      return page;
    }
    /** What the client is sent, in the way that it asked for. */
    function answerIn(page: Page): Parameters {
      const posts = 'response_mode' in mode;
      assert.equal(page.url.href.startsWith(REDIRECT_URI), !posts, `${page.heading} ${page.url.href}`);
      const answer = posts ? page.form('/callback').values : Object.fromEntries(page.url.searchParams);
      const { state, iss, ...values } = answer as Parameters;
      assert.deepEqual([state, iss], ['s', app.issuer]);
      return values;
    }
    /** Redeems the code and checks all that a client has to check (OpenID Connect Core 1.0 section 3.1.3.7). */
    async function redeem(page: Page, more: Parameters = {}) {
      const { code = '' } = answerIn(page);
      const { status, body } = await askAsBackend(app, { code, ...more });
      assert.equal(status, 200, JSON.stringify(body));
      const idToken = body.id_token ?? '';
      return { code, body, idToken, claims: await verified(idToken), accessToken: body.access_token };
    }
    async function verified(idToken: string): Promise<JWTPayload> {
      const keys = createRemoteJWKSet(new URL(`${app.issuer}/jwks`));
      const { issuer, clientId: audience } = app;
      const required = ['sub', 'iat', 'exp'];
      const { payload, protectedHeader } = await jwtVerify(idToken, keys, {
        issuer,
        audience,
        requiredClaims: required,
      });
      assert.equal(protectedHeader.alg, 'RS256');
      assert.ok(protectedHeader.kid);
      return payload;
    }
    const signIn = async (more: Parameters = {}) => redeem(await goThrough(await ask(request(more))));
    const claimsOf = async (accessToken: string | undefined) => {
      const { status, claims } = await userinfo(platform, accessToken);
      assert.equal(status, 200);
      return claims;
    };
    const isError = (page: Page, expected: RegExp) => assert.match(answerIn(page)['error'] ?? 'none', expected);
    /** A page of ours, because the address is not one that may be gone to. */
    const staysHere = (page: Page) => {
      assert.deepEqual([page.status, page.url.origin], [400, platform.url]);
      assert.match(page.html, /redirect_uri/);
      assert.throws(() => page.form('/callback'));
    };

    it('oidcc-server', async () => {
      const browser = platform.browser();
      const first = await ask(request(), browser);
      assert.equal(first.heading, 'Sign in');
      const { claims, accessToken } = await redeem(await goThrough(first, browser));
      assert.equal(claims['nonce'], 'n');
      assert.deepEqual(await claimsOf(accessToken), { sub: claims.sub });
    });

    it('oidcc-response-type-missing', async () => {
      const { response_type: _, ...without } = request();
      isError(await ask(without), /^(invalid_request|unsupported_response_type)$/);
    });

    for (const [title, send] of [
      ['oidcc-userinfo-get', (token) => ({ headers: { authorization: `Bearer ${token}` } })],
      ['oidcc-userinfo-post-header', (token) => ({ method: 'POST', headers: { authorization: `Bearer ${token}` } })],
      ['oidcc-userinfo-post-body', (token) => ({ method: 'POST', body: new URLSearchParams({ access_token: token }) })],
    ] as [title: string, send: (token: string) => RequestInit][])
      it(title, async () => {
        const { claims, accessToken = '' } = await signIn();
        const response = await fetch(`${app.issuer}/userinfo`, send(accessToken));
        assert.equal(response.status, 200);
        assert.equal(((await response.json()) as JWTPayload).sub, claims.sub);
      });

    it('oidcc-ensure-request-without-nonce-succeeds-for-code-flow', async () => {
      const { nonce: _, ...without } = request();
      assert.equal((await redeem(await goThrough(await ask(without)))).claims['nonce'], undefined);
    });

    for (const [title, scope, names] of [
      ['oidcc-scope-profile', 'openid profile', PROFILE],
      ['oidcc-scope-email', 'openid email', EMAIL],
      ['oidcc-scope-address', 'openid address', ['address']],
      ['oidcc-scope-phone', 'openid phone', PHONE],
      ['oidcc-scope-all', 'openid profile email address phone', [...PROFILE, ...EMAIL, 'address', ...PHONE]],
    ] as const)
      it(title, async () => {
        const { claims, accessToken } = await signIn({ scope });
        const given = await claimsOf(accessToken);
        assert.deepEqual(Object.keys(given).toSorted(), ['sub', ...names].toSorted());
        assert.equal(given['sub'], claims.sub);
      });

    it('oidcc-alternate-happy-flow', async () => {
      const reordered = Object.fromEntries(Object.entries(request({ scope: 'email openid' })).toReversed());
      const { accessToken } = await redeem(await goThrough(await ask(reordered)));
      assert.equal((await claimsOf(accessToken))['email'], ada.email);
    });

    for (const [title, more] of [
      ['oidcc-display-page', { display: 'page' }],
      ['oidcc-display-popup', { display: 'popup' }],
      ['oidcc-ensure-request-with-unknown-parameter-succeeds', { extra: 'foobar' }],
      ['oidcc-login-hint', { login_hint: 'ada@example.com' }],
      ['oidcc-ui-locales', { ui_locales: 'se nl' }],
      ['oidcc-claims-locales', { claims_locales: 'se nl' }],
      ['oidcc-ensure-request-with-acr-values-succeeds', { acr_values: 'phr' }],
    ] as [title: string, more: Parameters][])
      it(title, async () => {
        const { sub } = (await signIn()).claims;
        assert.equal((await signIn(more)).claims.sub, sub);
      });

    it('oidcc-prompt-login', async () => {
      const before = (await signIn({ max_age: '10000' })).claims;
      const page = await ask(request({ prompt: 'login' }));
      assert.equal(page.heading, 'Sign in');
      const { claims } = await redeem(await goThrough(page));
      assert.equal(claims.sub, before.sub);
      assert.ok(Number(claims['auth_time']) >= Number(before['auth_time']));
    });

    it('oidcc-prompt-none-not-logged-in', async () => {
      const page = await ask(request({ prompt: 'none' }), platform.browser());
      isError(page, /^(login|interaction|account_selection|consent)_required$/);
    });

    it('oidcc-prompt-none-logged-in', async () => {
      const { claims } = await signIn();
      const silent = await redeem(await ask(request({ prompt: 'none' })));
      assert.equal(silent.claims.sub, claims.sub);
    });

    it('oidcc-max-age-1', async () => {
      const { claims: first } = await signIn();
      await makeStale(platform, ada.account.id);
      const page = await ask(request({ max_age: '1' }));
      assert.equal(page.heading, 'Sign in');
      const { claims } = await redeem(await goThrough(page));
      assert.equal(claims.sub, first.sub);
      assert.ok(Number(claims['auth_time']) > Date.now() / 1000 - 60);
    });

    it('oidcc-max-age-10000', async () => {
      const { claims: first } = await signIn({ max_age: '15000' });
      const { claims } = await redeem(await ask(request({ max_age: '10000', prompt: 'none' })));
      assert.deepEqual([claims['auth_time'], claims.sub], [first['auth_time'], first.sub]);
      assert.equal(typeof claims['auth_time'], 'number');
    });

    it('oidcc-id-token-hint', async () => {
      const { claims, idToken } = await signIn();
      const again = await redeem(await ask(request({ prompt: 'none', id_token_hint: idToken })));
      assert.equal(again.claims.sub, claims.sub);
    });

    for (const title of ['oidcc-codereuse', 'oidcc-codereuse-30seconds'])
      it(title, async () => {
        const { code, accessToken } = await signIn();
        const { status, body } = await askAsBackend(app, { code });
        assert.deepEqual([status, body.error], [400, 'invalid_grant']);
        assert.equal((await userinfo(platform, accessToken)).status, 401, 'what it was redeemed for is revoked');
      });

    it('oidcc-ensure-registered-redirect-uri', async () => {
      staysHere(await ask(request({ redirect_uri: `${REDIRECT_URI}/other` })));
    });

    it('oidcc-ensure-post-request-succeeds', async () => {
      const headers = { origin: SHOP_ORIGIN, referer: `${SHOP_ORIGIN}/`, 'sec-fetch-site': 'cross-site' };
      await redeem(await goThrough(await ada.browser.post(`${app.issuer}/authorize`, request(), headers)));
    });

    it('oidcc-server-client-secret-post', async () => {
      const { code = '' } = answerIn(await goThrough(await ask(request())));
      const client = { client_id: app.clientId, client_secret: app.clientSecret };
      const values = { grant_type: 'authorization_code', redirect_uri: REDIRECT_URI, code, ...client };
      const response = await fetch(`${app.issuer}/token`, { method: 'POST', body: new URLSearchParams(values) });
      assert.equal(response.status, 200);
      await verified(((await response.json()) as { id_token: string }).id_token);
    });

    it('oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported', async () => {
      // All that the standard wants outside of the object is outside.
      const { client_id = '', response_type = '', redirect_uri = '', scope = '' } = request();
      const outside = { client_id, response_type, redirect_uri, scope };
      isError(await ask({ ...outside, request: unsigned(request()) }), /^request_not_supported$/);
    });

    it('oidcc-claims-essential', async () => {
      const { claims, accessToken } = await signIn({ claims: '{"userinfo":{"name":{"essential":true}}}' });
      assert.equal((await claimsOf(accessToken))['name'], 'Ada Byron');
      assert.equal(claims['name'], undefined, 'asked for elsewhere');
    });

    it('oidcc-ensure-request-object-with-redirect-uri', async () => {
      staysHere(await ask(request({ redirect_uri: `${REDIRECT_URI}/other`, request: unsigned(request()) })));
    });

    it('oidcc-refresh-token', async () => {
      const { body, claims } = await signIn({ scope: 'openid offline_access', prompt: 'consent' });
      const refresh = { grant_type: 'refresh_token', refresh_token: body.refresh_token ?? '' };
      const refused = await askAsBackend(other, refresh);
      assert.deepEqual([refused.status, refused.body.error], [400, 'invalid_grant'], 'of another client');
      const { status, body: refreshed } = await askAsBackend(app, refresh);
      assert.equal(status, 200);
      assert.equal((await verified(refreshed.id_token ?? '')).sub, claims.sub);
      assert.equal((await claimsOf(refreshed.access_token))['sub'], claims.sub);
    });

    it('oidcc-ensure-request-with-valid-pkce-succeeds', async () => {
      const page = await goThrough(await ask(request(CHALLENGE)));
      const { claims } = await redeem(page, { code_verifier: VERIFIER });
      assert.equal(claims.sub, (await signIn()).claims.sub);
    });
  });

/** A request object without a signature (section 6). */
function unsigned(parameters: Parameters): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${encode({ alg: 'none' })}.${encode(parameters)}.`;
}
