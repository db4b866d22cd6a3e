import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { exportJWK, generateKeyPair, type JWK, SignJWT, UnsecuredJWT } from 'jose';
import { CredentialError, type CredentialErrorCode, InvalidOptionError } from './errors.ts';
import { type VerifyLogoutTokenOptions, verifyLogoutToken } from './verify-logout-token.ts';

const issuer = 'https://platform.example';
const clientId = 'Zk3vQ8nT1xW6yB0cR5mH2jL9pD4sF7gA';
const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const ALGORITHMS = ['ES256', 'RS256', 'EdDSA'] as const;
type Algorithm = (typeof ALGORITHMS)[number];

const now = () => Math.floor(Date.now() / 1000);

describe('a logout token', () => {
  const keys = new Map<Algorithm, Awaited<ReturnType<typeof generateKeyPair>>>();
  const published: JWK[] = [];
  before(async () => {
    for (const alg of ALGORITHMS) {
      const pair = await generateKeyPair(alg, { extractable: true });
      keys.set(alg, pair);
      published.push({ ...(await exportJWK(pair.publicKey)), kid: alg, alg, use: 'sig' });
    }
  });

  const claimsOf = (changes: Record<string, unknown> = {}) => {
    const claims = {
      iss: issuer,
      aud: clientId,
      sub: 'user_7hQ2mXc9Lw',
      sid: 'session-1',
      jti: crypto.randomUUID(),
      iat: now(),
      exp: now() + 120,
      events: { [EVENT]: {} },
      ...changes,
    };
    return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
  };
  const sign = (changes: Record<string, unknown> = {}, header: Record<string, unknown> = {}, by: Algorithm = 'ES256') =>
    new SignJWT(claimsOf(changes))
      .setProtectedHeader({ alg: by, kid: by, typ: 'logout+jwt', ...header })
      .sign(keys.get(by)?.privateKey ?? assert.fail());
  const verify = (token: unknown, changes: Partial<VerifyLogoutTokenOptions> = {}) =>
    verifyLogoutToken(token, { clientId, issuer, jwks: { keys: published }, ...changes });

  async function refused(
    token: unknown,
    code: CredentialErrorCode,
    changes: Partial<VerifyLogoutTokenOptions> = {},
  ): Promise<void> {
    const error = await verify(token, changes).then(
      () => assert.fail('the token was accepted'),
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof CredentialError, String(error));
    assert.equal(error.code, code, error.message);
    assert.ok(error.hint);
  }

  for (const alg of ALGORITHMS) {
    it(`yields which session has ended (${alg})`, async () => {
      const { sub, sid, aud, jti } = await verify(await sign({}, {}, alg));
      assert.deepEqual([sub, sid, aud], ['user_7hQ2mXc9Lw', 'session-1', clientId]);
      assert.ok(jti);
    });
  }

  it('is refused when its algorithm is not accepted, as none never is', async () => {
    await refused(await sign({}, {}, 'RS256'), 'wrong_algorithm', { algorithms: ['ES256'] });
    const unsecured = new UnsecuredJWT(claimsOf()).encode();
    await refused(unsecured, 'wrong_algorithm');
    const hmac = await new SignJWT(claimsOf())
      .setProtectedHeader({ alg: 'HS256', kid: 'ES256', typ: 'logout+jwt' })
      .sign(new TextEncoder().encode(JSON.stringify(published[0])));
    await refused(hmac, 'wrong_algorithm');
  });

  it('is refused when it was changed, or is signed by another', async () => {
    const [header, , signature] = (await sign()).split('.');
    const changed = Buffer.from(JSON.stringify(claimsOf({ sub: 'somebody' }))).toString('base64url');
    await refused(`${header}.${changed}.${signature}`, 'bad_signature');
    await refused(await sign({}, { kid: 'theirs' }), 'unknown_key');
  });

  it('is refused when the key that was found is not for its algorithm', async () => {
    const rsa = keys.get('RS256')?.publicKey ?? assert.fail();
    await refused(await sign({}, {}, 'ES256'), 'unknown_key', { jwks: () => rsa });
  });

  it('is of its own type: no ID token and no access token passes', async () => {
    for (const typ of ['JWT', 'at+jwt', undefined]) await refused(await sign({}, { typ }), 'malformed_credential');
  });

  const rules: [title: string, changes: Record<string, unknown>, code: CredentialErrorCode][] = [
    ['of another issuer', { iss: `${issuer}/sandbox` }, 'wrong_issuer'],
    ['without an issuer', { iss: undefined }, 'missing_claim'],
    ['for another client', { aud: 'another' }, 'wrong_audience'],
    ['for several clients', { aud: [clientId, 'another'] }, 'wrong_audience'],
    ['without an audience', { aud: undefined }, 'missing_claim'],
    ['that has expired', { iat: now() - 300, exp: now() - 180 }, 'expired'],
    ['without an end', { exp: undefined }, 'missing_claim'],
    ['without a beginning', { iat: undefined }, 'missing_claim'],
    ['from the future', { iat: now() + 3_600, exp: now() + 3_720 }, 'not_yet_valid'],
    ['not valid yet', { nbf: now() + 3_600 }, 'not_yet_valid'],
    ['without an id', { jti: undefined }, 'missing_claim'],
    ['whose id is no text', { jti: 7 }, 'missing_claim'],
    ['without a subject', { sub: undefined }, 'missing_claim'],
    ['without a session', { sid: undefined }, 'missing_claim'],
    ['whose session is empty', { sid: '' }, 'missing_claim'],
    ['without an event', { events: undefined }, 'malformed_credential'],
    ['with another event', { events: { 'http://schemas.openid.net/event/other': {} } }, 'malformed_credential'],
    ['whose event is no object', { events: { [EVENT]: true } }, 'malformed_credential'],
    ['whose events are a list', { events: [EVENT] }, 'malformed_credential'],
    ['with a nonce', { nonce: 'n' }, 'malformed_credential'],
    ['with an empty nonce', { nonce: '' }, 'malformed_credential'],
  ];
  for (const [title, changes, code] of rules) {
    it(`${title} is refused (${code})`, async () => refused(await sign(changes), code));
  }

  it('that is something else is refused', async () => {
    for (const token of [undefined, null, '', 'nonsense', 'a.b.c', 7, {}, ['x'], 'x'.repeat(1_000_000)])
      await refused(token, 'malformed_credential');
  });

  it('is refused when the keys cannot be had, which is worth another try', async () => {
    const fetch = async () => new Response('', { status: 500 });
    await refused(await sign(), 'keys_unavailable', { jwks: undefined, fetch } as never);
    const unreachable = async () => {
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) });
    };
    await assert.rejects(
      verifyLogoutToken(await sign(), { clientId, issuer, fetch: unreachable }),
      (error: unknown) => {
        assert.ok(error instanceof CredentialError);
        assert.match(error.message, /https:\/\/[\w.]+\/jwks \(fetch failed: ECONNREFUSED\)/);
        assert.match(error.hint, /Answer 503/);
        return true;
      },
    );
  });

  it('is accepted within the tolerance of clocks', async () => {
    const late = await sign({ iat: now() - 125, exp: now() - 5 });
    await verify(late);
    await refused(late, 'expired', { clockToleranceSeconds: 0 });
    await verify(await sign({ iat: now() + 5, exp: now() + 125 }));
  });

  it('is not looked at when an option is wrong', async () => {
    const token = await sign();
    const wrong: [option: string, options: unknown][] = [
      ['options', undefined],
      ['clientId', { issuer }],
      ['clientId', { issuer, clientId: ` ${clientId}` }],
      ['issuer', { clientId }],
      ['issuer', { clientId, issuer: 'platform.example' }],
      ['algorithms', { clientId, issuer, algorithms: [] }],
      ['algorithms', { clientId, issuer, algorithms: ['HS256'] }],
      ['clockToleranceSeconds', { clientId, issuer, clockToleranceSeconds: 301 }],
      ['clientId', { issuer, clientId: 'sk_live_0123456789' }],
      ['fetch', { clientId, issuer, fetch: 'fetch' }],
      ['jwks', { clientId, issuer, jwks: { keys: 'none' } }],
    ];
    for (const [option, options] of wrong) {
      await assert.rejects(
        verifyLogoutToken(token, options as VerifyLogoutTokenOptions),
        (error: unknown) => error instanceof InvalidOptionError && error.option === option,
      );
    }
  });
});
