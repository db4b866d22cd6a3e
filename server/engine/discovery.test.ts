import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { FIELDS, ID_TOKEN_ALGS } from '@signup-with-platform/protocol';
import { decodeJwt } from 'jose';
import {
  askAsBackend,
  askAsPage,
  authorize,
  CHALLENGE,
  codeIn,
  REDIRECT_URI,
  type SandboxApp,
  VERIFIER,
} from '../testing/code-flow.ts';
import type { Page } from '../testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

type Metadata = Record<string, unknown>;
const BRAND = { TERMS_URL: 'https://example.com/terms', PRIVACY_URL: 'https://example.com/privacy' };

describe('the discovery document', () => {
  let platform: TestPlatform;
  let app: SandboxApp;
  let metadata: Metadata;
  before(async () => {
    platform = await startTestPlatform(BRAND);
    app = await platform.createApp({
      redirectUris: [REDIRECT_URI],
      fields: FIELDS.map((field) => ({ field, required: false })),
    });
    metadata = await read('/sandbox/.well-known/openid-configuration');
  });
  after(() => platform.close());

  const read = async (path: string): Promise<Metadata> => {
    const response = await fetch(platform.url + path);
    assert.equal(response.status, 200, path);
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    assert.match(response.headers.get('cache-control') ?? '', /public/);
    return (await response.json()) as Metadata;
  };
  const list = (name: string) => {
    const values = metadata[name];
    assert.ok(Array.isArray(values) && values.every((value) => typeof value === 'string'), name);
    return values as string[];
  };
  /** The error with which a request is answered, wherever that comes; undefined when it goes on. */
  const errorOf = ({ url, delivery, html, status }: Page): string | undefined => {
    const parameters = new URLSearchParams(url.search || url.hash.slice(1));
    const error = delivery?.message.error ?? parameters.get('error') ?? undefined;
    return (
      error ??
      (status >= 400 ? /<code[^>]*>([a-z_]+)<\/code>/.exec(html)?.[1] : undefined) ??
      (status >= 400 ? 'error' : undefined)
    );
  };
  const request = (more: Record<string, string>) => authorize(platform.browser(), app, more);

  it('is the same at each address where clients look, in both realms', async () => {
    for (const [realm, paths] of [
      ['', ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server']],
      [
        '/sandbox',
        [
          '/sandbox/.well-known/openid-configuration',
          '/sandbox/.well-known/oauth-authorization-server',
          // RFC 8414 sections 3.1 and 5.
          '/.well-known/oauth-authorization-server/sandbox',
          '/.well-known/openid-configuration/sandbox',
        ],
      ],
    ] as const) {
      const [first, ...others] = await Promise.all(paths.map(read));
      assert.equal(first?.['issuer'], platform.url + realm);
      for (const other of others) assert.deepEqual(other, first);
    }
    for (const path of [
      '/.well-known/openid-configuration/nowhere',
      '/.well-known/oauth-authorization-server/sandbox/x',
    ])
      assert.equal((await fetch(platform.url + path)).status, 404, path);
  });

  it('has addresses that answer, and what people should read', async () => {
    const addresses = Object.entries(metadata).filter(([name]) => /_endpoint$|_uri$|documentation$/.test(name));
    for (const [name, address] of addresses.filter(([key]) => !key.startsWith('op_'))) {
      const method = /^(token|revocation|pushed_|device_)/.test(name) ? 'POST' : 'GET';
      assert.notEqual((await fetch(String(address), { method, redirect: 'manual' })).status, 404, name);
    }
    assert.equal(metadata['service_documentation'], `${platform.url}/docs`);
    assert.equal(metadata['op_tos_uri'], BRAND.TERMS_URL);
    assert.equal(metadata['op_policy_uri'], BRAND.PRIVACY_URL);
    const plain = await startTestPlatform();
    const response = await fetch(`${plain.url}/.well-known/openid-configuration`);
    const without = (await response.json()) as Metadata;
    await plain.close();
    for (const name of ['op_tos_uri', 'op_policy_uri']) assert.ok(!(name in without), 'not set, not there');
  });

  it('lists the response types and modes that are accepted, and no other is', async () => {
    assert.deepEqual(list('response_types_supported'), ['code', 'id_token']);
    const byMessage = { response_mode: 'web_message', redirect_uri: SHOP_ORIGIN, nonce: 'n', ...CHALLENGE };
    for (const type of list('response_types_supported'))
      assert.equal(errorOf(await request({ ...byMessage, response_type: type })), undefined, type);
    for (const type of ['token', 'code id_token', 'code token', 'id_token token', 'none', 'nonsense'])
      assert.ok(errorOf(await request({ ...byMessage, response_type: type })), type);

    const target = (mode: string) => (mode === 'web_message' ? { redirect_uri: SHOP_ORIGIN } : {});
    for (const mode of list('response_modes_supported'))
      assert.equal(errorOf(await request({ response_mode: mode, ...target(mode), ...CHALLENGE })), undefined, mode);
    for (const mode of ['form_post', 'jwt', 'query.jwt', 'fragment.jwt', 'form_post.jwt', 'nonsense'])
      if (!list('response_modes_supported').includes(mode))
        assert.ok(errorOf(await request({ response_mode: mode, ...CHALLENGE })), mode);
  });

  it('lists the prompts that may be asked for, and no other may', async () => {
    const prompts = list('prompt_values_supported');
    for (const prompt of prompts) {
      const expected = prompt === 'none' ? 'login_required' : undefined;
      assert.equal(errorOf(await request({ prompt })), expected, prompt);
    }
    for (const prompt of ['select_account', 'create', 'continue', 'nonsense'])
      if (!prompts.includes(prompt)) assert.equal(errorOf(await request({ prompt })), 'invalid_request', prompt);
  });

  it('lists the scopes that are given, and no other is', async () => {
    const scopes = list('scopes_supported');
    assert.deepEqual(scopes, ['openid', 'offline_access', 'profile', 'email', 'phone', 'address', 'age']);
    const page = await request({ scope: [...scopes, 'groups', 'roles'].join(' '), prompt: 'consent' });
    const { body } = await askAsBackend(app, { code: codeIn(page) });
    assert.deepEqual(String(Object(body)['scope']).split(' ').toSorted(), scopes.toSorted());
  });

  it('lists the claims that a person may have, and no other comes', async () => {
    const claims = list('claims_supported');
    const more = ['nickname', 'updated_at', 'gender', 'website', 'groups'];
    for (const claim of more) assert.ok(!claims.includes(claim), `${claim} is not promised`);
    const asked = Object.fromEntries([...claims, ...more].map((claim) => [claim, null]));
    // What the protocol puts into every token is not asked for.
    for (const claim of ['sub', 'iss', 'jti', 'environment', 'is_new_user']) delete asked[claim];
    const page = await request({ claims: JSON.stringify({ id_token: asked }) });
    const { body } = await askAsBackend(app, { code: codeIn(page) });
    const given = Object.keys(decodeJwt(body.id_token ?? ''));
    // Nobody in the sandbox has a portrait, or signs in with a passkey.
    for (const claim of claims.filter((name) => name !== 'picture' && name !== 'acr'))
      assert.ok(given.includes(claim), `${claim} is given`);
    const ofEveryToken = ['aud', 'exp', 'iat', 'nonce', 'at_hash'];
    for (const claim of given) assert.ok(claims.includes(claim) || ofEveryToken.includes(claim), claim);
  });

  it('lists the algorithms that sign, each with a key', async () => {
    assert.deepEqual(list('id_token_signing_alg_values_supported'), [...ID_TOKEN_ALGS]);
    const { keys } = (await (await fetch(String(metadata['jwks_uri']))).json()) as { keys: { alg: string }[] };
    assert.deepEqual([...new Set(keys.map(({ alg }) => alg))], list('id_token_signing_alg_values_supported'));
  });

  it('lists how a challenge may be made', async () => {
    assert.deepEqual(list('code_challenge_methods_supported'), ['S256']);
    assert.equal(errorOf(await request({ ...CHALLENGE, code_challenge_method: 'plain' })), 'invalid_request');
  });

  it('lists how clients authenticate', async () => {
    const methods = ['client_secret_basic', 'client_secret_post', 'none'];
    assert.deepEqual(list('token_endpoint_auth_methods_supported'), methods);
    assert.deepEqual(list('revocation_endpoint_auth_methods_supported'), methods);
    const code = async () => ({ code: codeIn(await request(CHALLENGE)), code_verifier: VERIFIER });
    const { clientId: client_id, clientSecret: client_secret, issuer } = app;
    assert.equal((await askAsBackend(app, await code())).status, 200);
    assert.equal((await askAsPage(app, await code())).status, 200);
    const post = async (path: string, values: Record<string, string>) =>
      (await fetch(issuer + path, { method: 'POST', body: new URLSearchParams(values) })).status;
    const exchange = { grant_type: 'authorization_code', redirect_uri: REDIRECT_URI, ...(await code()) };
    assert.equal(await post('/token', { ...exchange, client_id, client_secret }), 200);
    assert.equal(await post('/revoke', { token: 'x', client_id, client_secret }), 200);
    const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
    const byAssertion = { client_id, client_assertion_type: type, client_assertion: 'a.b.c' };
    for (const path of ['/token', '/revoke'])
      assert.ok([400, 401].includes(await post(path, { ...exchange, token: 'x', ...byAssertion })), path);
  });

  it('lists the grants that the token endpoint takes, besides the implicit one, and no other is', async () => {
    const grants = list('grant_types_supported').filter((grant) => grant !== 'implicit');
    const device = 'urn:ietf:params:oauth:grant-type:device_code';
    const ask = async (grant_type: string) => (await askAsBackend(app, { grant_type, code: 'x' })).body.error;
    for (const grant of grants) assert.ok(!['unsupported_grant_type', undefined].includes(await ask(grant)), grant);
    for (const grant of ['implicit', 'password', 'client_credentials', device, 'nonsense'])
      if (!grants.includes(grant)) assert.equal(await ask(grant), 'unsupported_grant_type', grant);
  });

  it('lists the languages of the pages, each of which is spoken', async () => {
    const languages = list('ui_locales_supported');
    assert.equal(languages.length, 12);
    const shown = async (locale: string) => {
      const query = { client_id: app.clientId, response_type: 'code', redirect_uri: REDIRECT_URI, scope: 'openid' };
      const page = await platform
        .browser()
        .get(`/sandbox/authorize?${new URLSearchParams({ ...query, ui_locales: locale })}`);
      return /<html[^>]* lang="([^"]+)"/.exec(page.html)?.[1];
    };
    for (const language of languages) assert.equal(await shown(language), language);
    assert.equal(await shown('sv'), 'en');
  });

  it('says which parameters are not taken, and which are', async () => {
    assert.equal(metadata['request_parameter_supported'], false);
    assert.equal(metadata['request_uri_parameter_supported'], false);
    assert.equal(errorOf(await request({ request: 'a.b.c' })), 'request_not_supported');
    assert.equal(errorOf(await request({ request_uri: 'https://shop.example/r' })), 'request_uri_not_supported');
    assert.equal(metadata['claims_parameter_supported'], true);
    assert.equal(metadata['authorization_response_iss_parameter_supported'], true);
    assert.equal((await request({})).url.searchParams.get('iss'), app.issuer);
    assert.deepEqual(list('subject_types_supported'), ['pairwise']);
  });
});
