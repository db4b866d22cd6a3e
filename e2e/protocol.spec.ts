import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import * as client from 'openid-client';
import { verifyCredential } from '../client/index.ts';
import { HttpBrowser } from '../server/testing/http-journey.ts';
import { signIn, signUp, somebody, somebodyWithAccount } from './support/people.ts';
import { obtainCode, type RelyingParty, registerRelyingParty, signedInAt } from './support/relying-party.ts';
import { expect, test } from './support/test.ts';

/** Tests OpenID Connect with an independent library, in both realms (invariants 6, 7 and 12). */

const ENVIRONMENTS = ['localhost', 'production'] as const;
const REDIRECT_URI = 'https://shop.example/callback';
/** Members of a key that hold text of any kind. */
const named = (...members: string[]) => Object.fromEntries(members.map((member) => [member, expect.any(String)]));

for (const environment of ENVIRONMENTS) {
  test.describe(`for an app in ${environment}`, () => {
    test('openid-client signs a person up by code and PKCE, through the popup’s pages', async ({
      page,
      platform,
      site,
    }) => {
      site.serve('/callback', () => ({ html: '<title>Back at the shop</title>' }));
      const party = await registerRelyingParty(platform, { environment, redirectUri: `${site.origin}/callback` });
      const ada = somebody();
      const request = await party.begin();
      await page.goto(request.url.href);
      await signUp(page, ada);
      await page.getByRole('button', { name: /^Share and continue/ }).click();
      await page.waitForURL(`${site.origin}/callback?**`);
      const answer = new URL(page.url());
      // The response has iss (RFC 9207), and no more than it needs.
      expect(Object.fromEntries(answer.searchParams)).toEqual({
        code: expect.stringMatching(/^[\w-]{43}$/),
        state: request.state,
        iss: party.issuer,
      });

      const tokens = await party.finish(request, answer);
      const { sub } = tokens.claims() ?? {};
      expect(tokens.claims()).toMatchObject({
        iss: party.issuer,
        aud: party.clientId,
        nonce: request.nonce,
        name: 'Ada Byron',
        given_name: 'Ada',
        family_name: 'Byron',
        email: ada.email,
        email_verified: false,
        environment,
        is_new_user: true,
      });
      const { iat = 0, exp = 0, jti } = tokens.claims() ?? {};
      expect(exp - iat).toBe(3600);
      expect(jti).toBeTruthy();
      expect(tokens.token_type).toBe('bearer');
      expect(tokens.expires_in).toBeLessThanOrEqual(3_600);

      const userInfo = await client.fetchUserInfo(party.config, tokens.access_token, sub ?? '');
      expect(userInfo).toEqual({
        sub,
        name: 'Ada Byron',
        given_name: 'Ada',
        family_name: 'Byron',
        locale: 'en-GB',
        email: ada.email,
        email_verified: false,
      });

      // The same credential is verified by our own library, and by jose with only the key set.
      const { id_token: credential = '' } = tokens;
      const { clientId, issuer } = party;
      await expect(verifyCredential(credential, { clientId, issuer, nonce: request.nonce })).resolves.toMatchObject({
        sub,
      });
      const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));
      const verified = await jwtVerify(credential, keys, { issuer, audience: clientId, algorithms: ['RS256'] });
      expect(verified.payload['sub']).toBe(sub);
    });

    test('discovery announces exactly what is supported', async ({ platform }) => {
      const { config, issuer } = await registerRelyingParty(platform, { environment });
      const metadata = config.serverMetadata();
      expect(metadata).toMatchObject({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/userinfo`,
        revocation_endpoint: `${issuer}/revoke`,
        jwks_uri: `${issuer}/jwks`,
        subject_types_supported: ['pairwise'],
        id_token_signing_alg_values_supported: ['ES256', 'RS256', 'EdDSA'],
        code_challenge_methods_supported: ['S256'],
        authorization_response_iss_parameter_supported: true,
        request_uri_parameter_supported: false,
      });
      expect([...(metadata.response_types_supported ?? [])].sort()).toEqual(['code', 'id_token']);
      expect([...(metadata.response_modes_supported ?? [])].sort()).toEqual([
        'form_post',
        'fragment',
        'query',
        'web_message',
      ]);
      const prompts = ['consent', 'create', 'login', 'none', 'select_account'];
      expect((metadata['prompt_values_supported'] as string[]).toSorted()).toEqual(prompts);
      expect(metadata.acr_values_supported).toEqual(['phr', 'https://refeds.org/profile/mfa']);
      expect(metadata.ui_locales_supported).toContain('pt');
      expect(metadata.token_endpoint_auth_methods_supported).toEqual([
        'client_secret_basic',
        'client_secret_post',
        'none',
      ]);
      expect(metadata.grant_types_supported).not.toContain('password');
      expect(metadata['end_session_endpoint']).toBe(`${issuer}/logout`);
      expect(metadata['registration_endpoint']).toBeUndefined();
      // RFC 8414 defines a second address for the same document.
      const { pathname } = new URL(issuer);
      const path = `${pathname === '/' ? '' : pathname}/.well-known/oauth-authorization-server`;
      expect(await (await fetch(platform.url + path)).json()).toMatchObject({ issuer });
    });

    test('the key set has only public keys, and every token names one of its algorithm', async ({ platform }) => {
      const party = await registerRelyingParty(platform, { environment });
      const { keys } = (await (await fetch(`${party.issuer}/jwks`)).json()) as { keys: Record<string, unknown>[] };
      expect(keys).toEqual([
        { kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig', ...named('kid', 'x', 'y') },
        { kty: 'RSA', alg: 'RS256', use: 'sig', ...named('kid', 'n', 'e') },
        { kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig', ...named('kid', 'x') },
      ]);
      expect(new Set(keys.map(({ kid }) => kid)).size).toBe(keys.length);
      const browser = await signedInAt(party, platform);
      const { request, url } = await obtainCode(party, browser);
      const header = decodeProtectedHeader((await party.finish(request, url)).id_token ?? '');
      expect(header).toEqual({ alg: 'RS256', kid: keys[1]?.['kid'] });
    });

    test('client_secret_post works as well, and a wrong secret is refused with both methods', async ({ platform }) => {
      const wrongs = [
        () => client.ClientSecretBasic('x'.repeat(40)),
        () => client.ClientSecretPost('x'.repeat(40)),
        (secret: string) => client.ClientSecretPost(secret.slice(0, -1)),
        (secret: string) => client.ClientSecretPost(secret.toLowerCase()),
        () => client.None(),
      ];
      const party = await registerRelyingParty(platform, { environment, authentication: client.ClientSecretPost });
      const browser = await signedInAt(party, platform);
      const { request, url } = await obtainCode(party, browser);
      for (const wrong of wrongs) {
        const config = new client.Configuration(
          party.config.serverMetadata(),
          party.clientId,
          undefined,
          wrong(party.clientSecret),
        );
        client.allowInsecureRequests(config);
        await expect(
          client.authorizationCodeGrant(config, url, {
            pkceCodeVerifier: request.codeVerifier,
            expectedState: request.state,
            expectedNonce: request.nonce,
          }),
        ).rejects.toMatchObject({ status: 401 });
      }
      // None of these requests has used up the code.
      expect((await party.finish(request, url)).access_token).toBeTruthy();
    });
  });
}

test('a person has a different sub at each app, and the same one at each visit', async ({ page, platform, site }) => {
  site.serve('/callback', () => ({ html: '<title>Back at the shop</title>' }));
  const redirectUri = `${site.origin}/callback`;
  const ada = await somebodyWithAccount(platform);
  const subs: unknown[] = [];
  const parties = [
    await registerRelyingParty(platform, { redirectUri }),
    await registerRelyingParty(platform, { redirectUri }),
  ];
  for (const party of [...parties, ...parties]) {
    const request = await party.begin();
    await page.goto(request.url.href);
    if (subs.length === 0) await signIn(page, ada);
    if (subs.length < 2) await page.getByRole('button', { name: /^Share and continue/ }).click();
    await page.waitForURL(`${redirectUri}?**`);
    const claims = (await party.finish(request, new URL(page.url()))).claims();
    expect(claims?.['is_new_user']).toBe(subs.length < 2);
    subs.push(claims?.sub);
  }
  expect(subs[0]).not.toBe(subs[1]);
  expect(subs.slice(2)).toEqual(subs.slice(0, 2));
  expect(subs).not.toContain(ada.account.id);
});

test('an unticked field is neither in the ID token nor in userinfo', async ({ page, platform, site }) => {
  site.serve('/callback', () => ({ html: '<title>Back at the shop</title>' }));
  const party = await registerRelyingParty(platform, { redirectUri: `${site.origin}/callback` });
  const ada = await somebodyWithAccount(platform, { phoneNumber: '+31 20 555 0101', locale: 'nl' });
  const request = await party.begin({ scope: 'openid email profile phone' });
  await page.goto(request.url.href);
  await signIn(page, ada);
  await page.getByRole('checkbox', { name: /^Phone number/ }).uncheck();
  await page.getByRole('button', { name: /^Share and continue/ }).click();
  await page.waitForURL(`${site.origin}/callback?**`);
  const tokens = await party.finish(request, new URL(page.url()));
  const userInfo = await client.fetchUserInfo(party.config, tokens.access_token, tokens.claims()?.sub ?? '');
  for (const claims of [tokens.claims(), userInfo]) {
    expect(claims).toMatchObject({ email: ada.email, locale: 'nl' });
    expect(claims).not.toHaveProperty('phone_number');
  }
});

test.describe('an authorization code', () => {
  const redeem = (party: RelyingParty, body: Record<string, string>) =>
    fetch(`${party.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${party.clientId}:${party.clientSecret}`)}` },
      body: new URLSearchParams({ grant_type: 'authorization_code', redirect_uri: REDIRECT_URI, ...body }),
    });

  test('works once, and a second use revokes the tokens of the first', async ({ platform }) => {
    const party = await registerRelyingParty(platform);
    const browser = await signedInAt(party, platform);
    const { request, url } = await obtainCode(party, browser, {
      scope: 'openid offline_access email',
      prompt: 'consent',
    });
    const tokens = await party.finish(request, url);
    const { sub = '' } = tokens.claims() ?? {};
    await expect(client.fetchUserInfo(party.config, tokens.access_token, sub)).resolves.toMatchObject({ sub });

    await expect(party.finish(request, url)).rejects.toMatchObject({ error: 'invalid_grant' });
    await expect(client.fetchUserInfo(party.config, tokens.access_token, sub)).rejects.toThrow();
    await expect(client.refreshTokenGrant(party.config, tokens.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    });
    // A thief cannot withdraw the person's consent.
    expect((await obtainCode(party, browser)).code).toBeTruthy();
  });

  test('works once, even for concurrent requests', async ({ platform }) => {
    const party = await registerRelyingParty(platform);
    const { request, code } = await obtainCode(party, await signedInAt(party, platform));
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => redeem(party, { code, code_verifier: request.codeVerifier })),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array(9).fill(400)]);
    for (const answer of answers.filter(({ status }) => status === 400)) {
      expect(await answer.json()).toMatchObject({ error: 'invalid_grant' });
    }
  });

  test('lives for a minute', async ({ platform }) => {
    const party = await registerRelyingParty(platform);
    const { request, code } = await obtainCode(party, await signedInAt(party, platform));
    const { db } = platform.database;
    const codes = () => db.selectFrom('oidc_records').select('expires_at').where('model', '=', 'AuthorizationCode');
    const lifetimesMs = (await codes().execute()).map(({ expires_at }) => Number(expires_at) - Date.now());
    expect(lifetimesMs.length).toBeGreaterThan(0);
    for (const lifetimeMs of lifetimesMs) expect(lifetimeMs).toBeLessThanOrEqual(60_000);
    await db
      .updateTable('oidc_records')
      .set({ expires_at: Date.now() - 1 })
      .where('model', '=', 'AuthorizationCode')
      .execute();
    const answer = await redeem(party, { code, code_verifier: request.codeVerifier });
    expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ error: 'invalid_grant' })]);
  });

  test('is bound to its verifier, its redirect URI and its client', async ({ platform }) => {
    const party = await registerRelyingParty(platform);
    const stranger = await registerRelyingParty(platform);
    const { request, code } = await obtainCode(party, await signedInAt(party, platform));
    const right = { code, code_verifier: request.codeVerifier };
    const challenge = await client.calculatePKCECodeChallenge(request.codeVerifier);
    const attempts: [string, Promise<Response>][] = [
      ['no verifier', redeem(party, { code })],
      ['another verifier', redeem(party, { ...right, code_verifier: client.randomPKCECodeVerifier() })],
      ['the challenge as verifier', redeem(party, { ...right, code_verifier: challenge })],
      ['a verifier too short', redeem(party, { ...right, code_verifier: 'a' })],
      ['another redirect URI', redeem(party, { ...right, redirect_uri: `${REDIRECT_URI}/` })],
      ['the origin as redirect URI', redeem(party, { ...right, redirect_uri: new URL(REDIRECT_URI).origin })],
      ['another client', redeem(stranger, right)],
      ['another code', redeem(party, { ...right, code: `${code.slice(0, -1)}${code.endsWith('_') ? '-' : '_'}` })],
    ];
    for (const [name, attempt] of attempts) {
      const answer = await attempt;
      const { error } = (await answer.json()) as { error: string };
      expect([name, answer.status, error]).toEqual([name, 400, expect.stringMatching(/^invalid_(grant|request)$/)]);
    }
    expect((await redeem(party, right)).status).toBe(200);
  });

  test('is issued without PKCE to a client that has a secret', async ({ platform }) => {
    const party = await registerRelyingParty(platform);
    const { config, redirectUri: redirect_uri } = party;
    const browser = await signedInAt(party, platform);
    const { url } = await browser.get(client.buildAuthorizationUrl(config, { redirect_uri, scope: 'openid' }).href);
    const tokens = await client.authorizationCodeGrant(config, url, { idTokenExpected: true });
    expect(tokens.claims()?.sub).toBeTruthy();
  });

  test('is not issued with half of PKCE, nor with the method plain', async ({ platform }) => {
    const party = await registerRelyingParty(platform);
    const browser = await signedInAt(party, platform);
    for (const [name, drop, more] of [
      ['plain', [], { code_challenge_method: 'plain' }],
      ['plain by default', ['code_challenge_method'], {}],
      ['no code_challenge', ['code_challenge'], {}],
      ['too short', [], { code_challenge: 'abc' }],
    ] as const) {
      const { url } = await party.begin(more);
      for (const parameter of drop) url.searchParams.delete(parameter);
      const answer = await browser.follow(url.href, party.redirectUri);
      expect([name, answer.url.searchParams.get('error')]).toEqual([name, 'invalid_request']);
      expect(answer.url.searchParams.get('code')).toBeNull();
    }
  });

  test('is redeemed without a secret only by a page of a registered origin', async ({ platform }) => {
    const party = await registerRelyingParty(platform);
    const { request, code } = await obtainCode(party, await signedInAt(party, platform));
    const send = (origin: string | undefined, fields: Record<string, string> = {}) =>
      fetch(`${party.issuer}/token`, {
        method: 'POST',
        headers: { ...(origin && { origin }) },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          client_id: party.clientId,
          redirect_uri: REDIRECT_URI,
          code,
          code_verifier: request.codeVerifier,
          ...fields,
        }),
      });
    const { origin } = new URL(REDIRECT_URI);
    for (const [name, attempt, status] of [
      ['no origin: a backend has a secret', send(undefined), 401],
      ['an origin that is not registered', send('https://evil.example'), 400],
      ['null', send('null'), 400],
      ['a wrong secret is not ignored', send(origin, { client_secret: 'x' }), 401],
      ['another verifier', send(origin, { code_verifier: client.randomPKCECodeVerifier() }), 400],
    ] as const) {
      const answer = await attempt;
      expect([name, answer.status]).toEqual([name, status]);
    }
    const answer = await send(origin);
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, origin]);
    const tokens = (await answer.json()) as Record<string, unknown>;
    expect(tokens['id_token']).toBeTruthy();
    expect(tokens['refresh_token']).toBeUndefined();
    expect((await send(origin)).status).toBe(400);
  });

  test('is also sent by message, for a backend that redeems it', async ({ platform }) => {
    const { clientId, clientSecret, issuer } = await platform.createApp({ origins: ['https://shop.example'] });
    const browser = new HttpBrowser(platform.url);
    const codeVerifier = client.randomPKCECodeVerifier();
    const page = await browser.openPopup({
      client_id: clientId,
      origin: 'https://shop.example',
      state: 's',
      nonce: 'n',
      response_type: 'code',
      code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
    });
    const consent = await browser.submit(page, '/persona', { persona: 'complete' });
    const { code = '', iss, credential } = (await browser.submit(consent, '/consent')).message;
    expect([iss, credential]).toEqual([issuer, undefined]);
    const answer = await fetch(`${issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code,
        code_verifier: codeVerifier,
        redirect_uri: 'https://shop.example',
      }),
    });
    expect(answer.status).toBe(200);
    const { id_token } = (await answer.json()) as { id_token: string };
    await expect(verifyCredential(id_token, { clientId, issuer, nonce: 'n' })).resolves.toMatchObject({
      name: 'Jane Doe',
    });
  });
});

test('a refresh token works for its own client only, until it is revoked', async ({ platform }) => {
  const party = await registerRelyingParty(platform);
  const stranger = await registerRelyingParty(platform);
  const browser = await signedInAt(party, platform);
  // Without having been shown offline access, there is none (OpenID Connect Core 1.0 section 11).
  const silent = await party.begin({ scope: 'openid offline_access email' });
  const page = await browser.get(silent.url.href);
  expect(page.html).toContain('Stay connected while you’re away');
  const plain = await obtainCode(party, browser, { scope: 'openid email' });
  expect((await party.finish(plain.request, plain.url)).refresh_token).toBeUndefined();

  const { request, url } = await obtainCode(party, browser, { scope: 'openid offline_access email' });
  const tokens = await party.finish(request, url);
  const refreshToken = tokens.refresh_token ?? '';
  const refreshed = await client.refreshTokenGrant(party.config, refreshToken);
  expect(refreshed.access_token).not.toBe(tokens.access_token);
  expect(refreshed.claims()?.sub).toBe(tokens.claims()?.sub);
  await expect(client.refreshTokenGrant(stranger.config, refreshToken)).rejects.toMatchObject({
    error: 'invalid_grant',
  });
  await expect(
    client.refreshTokenGrant(party.config, refreshToken, { scope: 'openid offline_access email phone' }),
  ).rejects.toMatchObject({ error: 'invalid_scope' });
  // Revoking somebody else's token changes nothing (RFC 7009 section 2.1).
  await client.tokenRevocation(stranger.config, refreshToken);
  const current = (await client.refreshTokenGrant(party.config, refreshToken)).refresh_token ?? refreshToken;
  await client.tokenRevocation(party.config, current);
  await expect(client.refreshTokenGrant(party.config, current)).rejects.toMatchObject({ error: 'invalid_grant' });
});

test('a disabled app gets no tokens, and its existing ones do not work', async ({ platform }) => {
  const party = await registerRelyingParty(platform);
  const browser = await signedInAt(party, platform);
  const { request, url } = await obtainCode(party, browser);
  const tokens = await party.finish(request, url);
  const open = await obtainCode(party, browser);
  const { appId = '' } = (await platform.storage.appEnvironments.findByClientId(party.clientId)) ?? {};
  await platform.storage.apps.setDisabled(appId, true);
  await expect(party.finish(open.request, open.url)).rejects.toMatchObject({ status: 401 });
  await expect(client.fetchUserInfo(party.config, tokens.access_token, client.skipSubjectCheck)).rejects.toThrow();
  expect((await browser.get((await party.begin()).url.href)).status).toBe(400);
});

test.describe('the two realms', () => {
  test('have separate keys', async ({ platform }) => {
    const kids = await Promise.all(
      ['', '/sandbox'].map(async (prefix) => {
        const { keys } = (await (await fetch(`${platform.url}${prefix}/jwks`)).json()) as {
          keys: { kid: string; x: string }[];
        };
        return keys.flatMap(({ kid, x }) => [kid, x]);
      }),
    );
    expect(kids[0]?.filter((kid) => kids[1]?.includes(kid))).toEqual([]);
  });

  for (const [here, there] of [
    ['localhost', 'production'],
    ['production', 'localhost'],
  ] as const) {
    test(`nothing of ${here} works in ${there}`, async ({ platform }) => {
      const party = await registerRelyingParty(platform, { environment: here });
      const other = await registerRelyingParty(platform, { environment: there });
      const browser = await signedInAt(party, platform);
      const { request, url } = await obtainCode(party, browser, {
        scope: 'openid offline_access email',
        prompt: 'consent',
      });
      const tokens = await party.finish(request, url);
      const fresh = await obtainCode(party, browser);

      // The client.
      const { url: wrongRealm } = await party.begin();
      const asked = await browser.get(wrongRealm.href.replace(party.issuer, other.issuer));
      expect([asked.status, asked.heading]).toEqual([400, 'We don’t know this shop']);
      // Its code, secret and tokens are tried with its own client_id and with that of a client of the other realm.
      for (const [{ clientId, clientSecret }, error] of [
        [party, 'invalid_client'],
        [other, 'invalid_grant'],
      ] as const) {
        const authorization = `Basic ${btoa(`${clientId}:${clientSecret}`)}`;
        const send = async (path: string, body: Record<string, string>) => {
          const answer = await fetch(other.issuer + path, {
            method: 'POST',
            headers: { authorization },
            body: new URLSearchParams(body),
          });
          return { status: answer.status, body: await answer.text() };
        };
        const code = await send('/token', {
          grant_type: 'authorization_code',
          code: fresh.code,
          redirect_uri: REDIRECT_URI,
          code_verifier: fresh.request.codeVerifier,
        });
        expect(code.body).toContain(`"error":"${error}"`);
        const refresh = await send('/token', {
          grant_type: 'refresh_token',
          refresh_token: tokens.refresh_token ?? '',
        });
        expect(refresh.body).toContain(`"error":"${error}"`);
        await send('/revoke', { token: tokens.access_token });
      }
      const userInfo = await fetch(`${other.issuer}/userinfo`, {
        headers: { authorization: `Bearer ${tokens.access_token}` },
      });
      expect(userInfo.status).toBe(401);
      // The credential.
      const { clientId, issuer } = party;
      const check = { clientId, nonce: request.nonce };
      await expect(verifyCredential(tokens.id_token, { ...check, issuer: other.issuer })).rejects.toMatchObject({
        code: 'wrong_issuer',
      });
      const keys = createRemoteJWKSet(new URL(`${other.issuer}/jwks`));
      await expect(jwtVerify(tokens.id_token ?? '', keys)).rejects.toThrow();
      // The session is tried by itself, and with the cookie name of the other realm.
      const { url: elsewhere } = await other.begin();
      expect((await browser.get(elsewhere.href)).heading).toBe('Sign in');
      const session = browser.cookieHeader('/').match(/[^ ;]+-session(\.sig)?=[^;]+/g) ?? [];
      const cookie = session.join('; ').replaceAll(`${party.realm}-session`, `${other.realm}-session`);
      expect(cookie).toContain(`${other.realm}-session.sig=`);
      const renamed = await new HttpBrowser(platform.url).get(elsewhere.href, { cookie });
      expect(renamed.heading).toBe('Sign in');

      // All of them still work in their own realm.
      await expect(verifyCredential(tokens.id_token, { ...check, issuer })).resolves.toMatchObject({ iss: issuer });
      const { sub = '' } = tokens.claims() ?? {};
      await expect(client.fetchUserInfo(party.config, tokens.access_token, sub)).resolves.toMatchObject({ sub });
      expect((await party.finish(fresh.request, fresh.url)).access_token).toBeTruthy();
    });
  }

  test('have separate people, so an account of one cannot sign in to the other', async ({ platform }) => {
    const ada = await somebodyWithAccount(platform);
    const { clientId } = await platform.createApp({ origins: ['https://shop.example'], environment: 'production' });
    const browser = new HttpBrowser(platform.url);
    const page = await browser.openPopup({
      client_id: clientId,
      origin: 'https://shop.example',
      state: 's',
      nonce: 'n',
    });
    const answer = await browser.submit(page, '/sign-in', { email: ada.email, password: ada.password });
    expect(answer.status).toBe(400);
    expect(answer.html).toContain('Email and password don’t match');
    expect(answer.html).not.toContain('Jane Doe');
  });
});
