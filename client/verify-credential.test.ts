import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { exportSPKI, generateKeyPair, importJWK, SignJWT } from 'jose';
import { CredentialError, type CredentialErrorCode, InvalidOptionError, verifyCredential } from './index.ts';
import { startTestIssuer, type TestIssuer, type TestKey } from './testing.ts';
import type { VerifyCredentialOptions } from './verify-options.ts';

const clientId = 'Zk3vQ8nT1xW6yB0cR5mH2jL9pD4sF7gA';
const nonce = 'n-0S6_WzA2Mj';
const nowSeconds = () => Math.floor(Date.now() / 1000);

let platform: TestIssuer;
before(async () => {
  platform = await startTestIssuer();
});
after(() => platform[Symbol.asyncDispose]());

const options = (changes: Partial<VerifyCredentialOptions> = {}): VerifyCredentialOptions => ({
  clientId,
  issuer: platform.issuer,
  nonce,
  ...changes,
});
const sign = (claims: Record<string, unknown> = {}) => platform.sign({ aud: clientId, nonce, ...claims });

async function refused(
  token: unknown,
  code: CredentialErrorCode,
  hint: RegExp,
  changes: Partial<VerifyCredentialOptions> = {},
): Promise<CredentialError> {
  const error = await verifyCredential(token, options(changes)).then(
    () => assert.fail('the credential was accepted'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof CredentialError, `expected a CredentialError, got ${String(error)}`);
  assert.equal(error.code, code, error.message);
  assert.match(error.hint, hint);
  if (typeof token === 'string' && token.length > 20)
    assert.ok(!error.message.includes(token), 'the credential is in the message');
  return error;
}

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

test('a good credential yields its claims', async () => {
  const payload = await verifyCredential(
    await sign({ email: 'jane@example.com', email_verified: true, name: 'Jane Doe' }),
    options(),
  );
  assert.equal(payload.iss, platform.issuer);
  assert.equal(payload.email, 'jane@example.com');
  assert.equal(payload.is_new_user, true);
});

test('the keys are fetched once, even for concurrent calls', async () => {
  await using fresh = await startTestIssuer();
  const verify = async () =>
    verifyCredential(await fresh.sign({ aud: clientId, nonce }), options({ issuer: fresh.issuer }));
  await Promise.all([verify(), verify(), verify()]);
  await verify();
  assert.equal(fresh.jwksRequests(), 1);
});

test('a new key works as soon as it is published, and an unpublished one never', async (t) => {
  await using fresh = await startTestIssuer();
  const verify = async (key = fresh.keys[0]) =>
    verifyCredential(await fresh.sign({ aud: clientId, nonce }, key), options({ issuer: fresh.issuer }));
  await verify();

  const next = await fresh.createKey();
  const early = await fresh.sign({ aud: clientId, nonce }, next);
  await refused(early, 'unknown_key', /withdrawn|forged/, { issuer: fresh.issuer });

  fresh.keys.push(next);
  // Mocks only the clock that measures the cooldown, so that the test need not wait for a second.
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 1_001 });
  await verify(next);
  await verify(fresh.keys[0]);
  assert.equal(fresh.jwksRequests(), 2);
});

test('forged key ids do not cause many requests to the platform', async () => {
  await using fresh = await startTestIssuer();
  const stranger = await fresh.createKey();
  const forged = await fresh.sign({ aud: clientId, nonce }, stranger);
  for (let attempt = 0; attempt < 20; attempt += 1) {
    await refused(forged, 'unknown_key', /./, { issuer: fresh.issuer });
  }
  assert.ok(fresh.jwksRequests() <= 3, `${fresh.jwksRequests()} requests`);
});

test('an expired credential is refused, with 10 s for clocks that differ', async (t) => {
  // Stopped, because a second may end between signing and verifying.
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
  await verifyCredential(await sign({ exp: nowSeconds() - 9, iat: nowSeconds() - 309 }), options());
  await refused(await sign({ exp: nowSeconds() - 11, iat: nowSeconds() - 311 }), 'expired', /press the button again/);
  await refused(await sign({ exp: nowSeconds() - 2 }), 'expired', /clock/, { clockToleranceSeconds: 0 });
  await verifyCredential(await sign({ exp: nowSeconds() - 55 }), options({ clockToleranceSeconds: 60 }));
});

test('a credential from the future is refused', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
  await verifyCredential(await sign({ iat: nowSeconds() + 9 }), options());
  await refused(await sign({ iat: nowSeconds() + 15 }), 'not_yet_valid', /clock/);
  await refused(await sign({ nbf: nowSeconds() + 15 }), 'not_yet_valid', /clock/);
});

test('a value that is not a credential is refused with a hint', async () => {
  const good = await sign();
  const rows: [unknown, RegExp][] = [
    [undefined, /inside the form/],
    [null, /inside the form/],
    ['', /without signing up/],
    [{ credential: good, email: 'jane@example.com' }, /pass its `credential` field/],
    [[good, good], /an array/],
    [42, /type number/],
    [` ${good}`, /white space/],
    [`${good}\n`, /white space/],
    [`Bearer ${good}`, /Bearer/],
    [`"${good}"`, /quotation marks/],
    [JSON.stringify({ credential: good }), /JSON/],
    [`credential=${good}`, /form-encoded/],
    ['abc%2Edef', /percent-encoded/],
    ['SplxlOBeZQQYbYS6WxSbIA', /authorization code/],
    [good.slice(0, good.lastIndexOf('.')), /2 parts/],
    ['a.b.c.d.e', /5 parts/],
    ['a.b.<c>', /base64url/],
    ['a.b.c', /truncated/],
    [`${good}${'A'.repeat(20_000)}`, /characters/],
    ['constructor', /no dots/],
  ];
  for (const [token, hint] of rows) await refused(token, 'malformed_credential', hint);
});

test('an access token of external_login is not a credential', async () => {
  const [key] = platform.keys;
  assert.ok(key);
  const token = await new SignJWT({ iss: platform.issuer, aud: clientId, sub: clientId, nonce })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: key.kid })
    .setExpirationTime('1h')
    .sign(key.privateKey);
  await refused(token, 'malformed_credential', /access token/);
});

test('alg none is refused in every spelling', async () => {
  const [, payload] = (await sign()).split('.');
  for (const alg of ['none', 'None', 'NONE', 'nOnE']) {
    await refused(
      `${base64url({ alg, typ: 'JWT' })}.${payload}.`,
      'wrong_algorithm',
      /anybody can make one|never signs with this one/,
    );
  }
});

test('HS256 with the public key as the secret is refused', async () => {
  const [key] = platform.keys;
  assert.ok(key);
  const spki = await exportSPKI((await importJWK({ ...key.publicJwk, ext: true }, 'ES256')) as CryptoKey);
  const [, payload] = (await sign()).split('.');
  const signed = `${base64url({ alg: 'HS256', typ: 'JWT', kid: key.kid })}.${payload}`;
  const forged = `${signed}.${createHmac('sha256', spki).update(signed).digest('base64url')}`;
  await refused(forged, 'wrong_algorithm', /shared secret/);
});

test('another asymmetric algorithm is refused', async () => {
  const { privateKey } = await generateKeyPair('PS256');
  const token = await new SignJWT({ iss: platform.issuer }).setProtectedHeader({ alg: 'PS256' }).sign(privateKey);
  await refused(token, 'wrong_algorithm', /ES256 and RS256 only/);
});

test('an ID token for a code is RS256, and what the app chose when that is named', async () => {
  await using mixed = await startTestIssuer();
  const [es256] = mixed.keys;
  const [rs256, eddsa] = [await mixed.createKey('RS256'), await mixed.createKey('EdDSA')];
  assert.ok(es256);
  mixed.keys.push(rs256, eddsa);
  const tokenBy = (key: TestKey) => mixed.sign({ aud: clientId, nonce }, key);
  const at = { issuer: mixed.issuer };
  for (const key of [es256, rs256]) assert.ok((await verifyCredential(await tokenBy(key), options(at))).sub);
  await refused(await tokenBy(eddsa), 'wrong_algorithm', /add it to the option `algorithms`/, at);
  const only = { ...at, algorithms: ['EdDSA'] as const };
  assert.ok((await verifyCredential(await tokenBy(eddsa), options(only))).sub);
  for (const key of [es256, rs256]) await refused(await tokenBy(key), 'wrong_algorithm', /settings say/, only);
});

test('a key is used for its own algorithm only, whatever the token says', async () => {
  await using mixed = await startTestIssuer();
  const [es256] = mixed.keys;
  const rs256 = await mixed.createKey('RS256');
  assert.ok(es256);
  mixed.keys.push(rs256);
  const at = { issuer: mixed.issuer };
  const published = { keys: mixed.keys.map(({ publicJwk }) => publicJwk) };
  const withoutAlg = { keys: published.keys.map(({ alg: _none, use: _any, ...key }) => key) };
  /** As a backend may write it that looks the key up by its id alone. */
  const byIdAlone = async ({ kid }: { kid?: string }) =>
    published.keys.find((key) => key.kid === kid) ?? es256.publicJwk;
  const [, payload] = (await mixed.sign({ aud: clientId, nonce })).split('.');
  for (const [alg, { kid }] of [
    ['RS256', es256],
    ['ES256', rs256],
  ] as const) {
    const forged = `${base64url({ alg, typ: 'JWT', kid })}.${payload}.${base64url({ a: 'signature' })}`;
    await refused(forged, 'unknown_key', /forged/, at);
    for (const jwks of [published, withoutAlg, byIdAlone])
      await refused(forged, 'unknown_key', /forged/, { ...at, jwks });
  }
  const spki = await exportSPKI((await importJWK({ ...rs256.publicJwk, ext: true }, 'RS256')) as CryptoKey);
  const signed = `${base64url({ alg: 'HS256', typ: 'JWT', kid: rs256.kid })}.${payload}`;
  const forged = `${signed}.${createHmac('sha256', spki).update(signed).digest('base64url')}`;
  await refused(forged, 'wrong_algorithm', /shared secret/, at);
});

test('the algorithms are a list of those that the platform has', async () => {
  for (const algorithms of [[], ['none'], ['HS256'], ['ES256', 'none'], ['es256'], 'ES256', [undefined], null])
    await assert.rejects(
      verifyCredential('a.b.c', options({ algorithms } as unknown as Partial<VerifyCredentialOptions>)),
      (error: unknown) => error instanceof InvalidOptionError && error.option === 'algorithms',
      JSON.stringify(algorithms),
    );
});

test('a changed payload, a changed signature and a stranger’s key with our key id are refused', async () => {
  const [header, payload = '', signature = ''] = (await sign({ email: 'mallory@example.com' })).split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  await refused(
    `${header}.${base64url({ ...claims, email: 'jane@example.com' })}.${signature}`,
    'bad_signature',
    /changed|forged/,
  );
  const flipped = (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1);
  await refused(`${header}.${payload}.${flipped}`, 'bad_signature', /changed|forged/);
  await refused(`${header}.${payload}.`, 'bad_signature', /changed|forged/);

  const stranger = await platform.createKey();
  const [published] = platform.keys;
  assert.ok(published);
  const forged = await platform.sign({ aud: clientId, nonce }, { ...stranger, kid: published.kid });
  await refused(forged, 'bad_signature', /changed|forged/);
});

test('keys within the token are ignored', async () => {
  const stranger = await platform.createKey();
  const token = await new SignJWT({ iss: platform.issuer, aud: clientId, nonce })
    .setProtectedHeader({ alg: 'ES256', jwk: stranger.publicJwk, jku: 'https://evil.example/jwks', kid: stranger.kid })
    .sign(stranger.privateKey);
  await refused(token, 'unknown_key', /forged/);
});

test('a wrong issuer is refused with the likely reason', async () => {
  const fromElsewhere = (iss: string) => sign({ iss });
  await refused(await fromElsewhere('https://evil.example'), 'wrong_issuer', /Another platform/);
  await refused(await sign(), 'wrong_issuer', /slash at the end/, { issuer: `${platform.issuer}/` });
  await refused(
    await fromElsewhere(`${platform.issuer}/sandbox`),
    'wrong_issuer',
    /sandbox credential, presented to production/,
  );
  await refused(await sign(), 'wrong_issuer', /production credential, presented to the sandbox/, {
    issuer: `${platform.issuer}/sandbox`,
  });
  await refused(await sign(), 'wrong_issuer', /scheme|local host/, {
    issuer: platform.issuer.replace('127.0.0.1', 'localhost'),
  });
  await refused(await fromElsewhere(undefined as unknown as string), 'missing_claim', /Every credential/);
});

test('a wrong audience is refused, and the hint names both client ids', async () => {
  const error = await refused(await sign({ aud: 'another-app' }), 'wrong_audience', /another app or environment/);
  assert.match(error.hint, /another-app/);
  assert.match(error.hint, new RegExp(clientId));
  assert.match(error.hint, /localhost/);
  await refused(await sign({ aud: [clientId, 'another-app'] }), 'wrong_audience', /another app/);
});

test('a wrong nonce is refused', async () => {
  await refused(await sign({ nonce: 'of-another-session' }), 'wrong_nonce', /another page view.*replayed/);
});

test('any nonce of a list is accepted, and none of an empty one', async () => {
  const open = { nonce: ['of-the-first-tab', nonce] };
  assert.equal((await verifyCredential(await sign(), options(open))).nonce, nonce);
  await refused(await sign({ nonce: 'of-another-session' }), 'wrong_nonce', /replayed/, open);
  await refused(await sign(), 'wrong_nonce', /replayed/, { nonce: [] });
  await refused(await sign({ nonce: undefined }), 'missing_claim', /./, { nonce: [] });
});

test('a credential without one of the required claims is refused', async () => {
  for (const claim of ['aud', 'sub', 'nonce', 'iat', 'exp', 'jti', 'environment', 'is_new_user']) {
    const error = await refused(await sign({ [claim]: undefined }), 'missing_claim', /Every credential/);
    assert.match(error.message, new RegExp(claim));
  }
  await refused(await sign({ environment: 'sandbox' }), 'missing_claim', /./);
  await refused(await sign({ is_new_user: 'true' }), 'missing_claim', /./);
  await refused(await sign({ sub: '' }), 'missing_claim', /./);
  await refused(await sign({ exp: 'tomorrow' }), 'missing_claim', /./);
});

test('unavailable keys are reported as such', async () => {
  const credential = await sign();
  const closed = await startTestIssuer();
  await closed[Symbol.asyncDispose]();
  const fromClosed = await closed.sign({ aud: clientId, nonce });
  const error = await refused(fromClosed, 'keys_unavailable', /reach it/, { issuer: closed.issuer });
  assert.match(error.message, /ECONNREFUSED/);
  assert.ok(error.cause);

  await using failing = await startTestIssuer();
  failing.failWith(503);
  const fromFailing = await failing.sign({ aud: clientId, nonce });
  await refused(fromFailing, 'keys_unavailable', /issuer/, { issuer: failing.issuer });
  failing.failWith(200);
  await verifyCredential(fromFailing, options({ issuer: failing.issuer }));

  const answers = (body: string) => ({ fetch: async () => new Response(body) });
  await refused(credential, 'keys_unavailable', /issuer/, answers('<!doctype html>'));
  await refused(credential, 'keys_unavailable', /issuer/, answers('{"keys":"none"}'));
});

test('fetch and keys can be passed', async () => {
  const asked: string[] = [];
  await verifyCredential(
    await sign(),
    options({
      fetch: (url, init) => {
        asked.push(String(url));
        return fetch(url, init);
      },
    }),
  );
  assert.deepEqual(asked, [`${platform.issuer}/jwks`]);

  const jwks = { keys: platform.keys.map((key) => key.publicJwk) };
  const offline = { jwks, fetch: () => assert.fail('fetched although the keys were given') };
  await verifyCredential(await sign(), options(offline));
  const stranger = await platform.createKey();
  await refused(await platform.sign({ aud: clientId, nonce }, stranger), 'unknown_key', /given jwks/, offline);
});

test("the caller's own mistakes have another class", async () => {
  const credential = await sign();
  const wrong = async (changes: Record<string, unknown>, option: string, message: RegExp) => {
    await assert.rejects(
      verifyCredential(credential, { ...options(), ...changes } as VerifyCredentialOptions),
      (error) => {
        assert.ok(error instanceof InvalidOptionError && error instanceof TypeError);
        assert.equal(error.option, option);
        assert.match(error.message, message);
        return true;
      },
    );
  };
  await wrong({ clientId: undefined }, 'clientId', /client_id/);
  await wrong({ clientId: '' }, 'clientId', /empty/);
  await wrong({ clientId: `${clientId}\n` }, 'clientId', /white space/);
  await wrong({ clientId: 'sk_live_abc' }, 'clientId', /API key/);
  await wrong({ issuer: undefined }, 'issuer', /address/);
  await wrong({ issuer: 'platform.example' }, 'issuer', /URL/);
  await wrong({ issuer: 'file:///etc/passwd' }, 'issuer', /URL/);
  await wrong({ nonce: undefined }, 'nonce', /session/);
  await wrong({ nonce: '' }, 'nonce', /refuse the form/);
  await wrong({ nonce: [nonce, ''] }, 'nonce', /refuse the form/);
  await wrong({ clockToleranceSeconds: -1 }, 'clockToleranceSeconds', /between/);
  await wrong({ clockToleranceSeconds: Number.NaN }, 'clockToleranceSeconds', /between/);
  await wrong({ clockToleranceSeconds: 86_400 }, 'clockToleranceSeconds', /between/);
  await wrong({ fetch: 'fetch' }, 'fetch', /function/);
  await wrong({ jwks: 'https://platform.example/jwks' }, 'jwks', /JWK Set/);
  await wrong({ jwks: { keys: [null] } }, 'jwks', /JWK Set/);
  await assert.rejects(
    verifyCredential(credential, undefined as unknown as VerifyCredentialOptions),
    InvalidOptionError,
  );
});
