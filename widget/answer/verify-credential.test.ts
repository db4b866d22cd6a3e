import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { CLIENT_ID, type CredentialSpec, NONCE, PLATFORM, TestIssuer } from '../testing/credentials.ts';
import { prepareVerification } from './verify-credential.ts';

const issuer = await TestIssuer.create();
beforeEach(() => {
  issuer.jwksStatus = 200;
  issuer.moreKeys = [];
  issuer.changes = {};
  issuer.fetched.length = 0;
  mock.method(globalThis, 'fetch', issuer.fetch);
});
afterEach(() => mock.restoreAll());

/** By the clock of the device. */
const expected = { issuer: PLATFORM, clientId: CLIENT_ID, nonce: NONCE, ageMs: Number.NaN };
const verify = (credential: string) => prepareVerification(PLATFORM)(credential, expected);
const now = () => Math.floor(Date.now() / 1000);

test('a good credential returns the person, without the technical claims', async () => {
  const address = { street_address: 'Keizersgracht 1', locality: 'Amsterdam', country: 'NL' };
  const claims = { name: 'Ada Lovelace', email: 'ada@example.org', email_verified: false, address };
  assert.deepEqual(await verify(await issuer.sign({ claims })), {
    iss: PLATFORM,
    sub: 'user-of-this-shop',
    isNewUser: true,
    ...claims,
  });
});

test('claims of a wrong type are left out', async () => {
  const claims = {
    name: { toString: 1 },
    email: ['a@b'],
    email_verified: 'true',
    address: 'x',
    locale: '',
    is_new_user: 1,
  };
  assert.deepEqual(await verify(await issuer.sign({ claims })), {
    iss: PLATFORM,
    sub: 'user-of-this-shop',
    isNewUser: false,
  });
});

test('a sandbox credential is checked with the sandbox’s keys', async () => {
  const iss = `${PLATFORM}/sandbox`;
  const user = await prepareVerification(PLATFORM)(await issuer.sign({ claims: { iss } }), {
    ...expected,
    issuer: iss,
  });
  assert.equal(user.iss, iss);
  assert.ok(issuer.fetched.includes(`${iss}/jwks`));
});

test('the keys are fetched early, and only once', async () => {
  const check = prepareVerification(PLATFORM);
  assert.deepEqual(issuer.fetched, [`${PLATFORM}/jwks`, `${PLATFORM}/sandbox/jwks`]);
  await check(await issuer.sign(), expected);
  assert.equal(issuer.fetched.length, 2);
});

test('clocks may differ by up to 10 seconds', async (t) => {
  // Stopped, because seconds may pass between signing and verifying.
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
  await verify(await issuer.sign({ issuedAtSeconds: now() - 300 - 8 }));
  await verify(await issuer.sign({ issuedAtSeconds: now() + 60 }));
});

test('a credential is judged by the platform’s clock, where its answers say the time', async () => {
  const HOUR_MS = 3_600_000;
  const judge = async (issuedAtSeconds: number, ageMs: number, platformMs: number) => {
    const check = prepareVerification(PLATFORM, async (url) => {
      const response = await issuer.fetch(url);
      response.headers.set('date', new Date(platformMs).toUTCString());
      return response;
    });
    return check(await issuer.sign({ issuedAtSeconds }), { ...expected, ageMs });
  };
  for (const platformMs of [Date.now() - HOUR_MS, Date.now(), Date.now() + HOUR_MS]) {
    const platformSeconds = Math.floor(platformMs / 1000);
    for (const ageMs of [0, Number.NaN, HOUR_MS]) {
      await judge(platformSeconds - 2, ageMs, platformMs);
      await assert.rejects(judge(platformSeconds - 330, ageMs, platformMs), { code: 'invalid_credential' });
    }
  }
});

test('a credential that has just come is judged by the platform’s time, whatever the clock of the device says', async () => {
  const HOUR_SECONDS = 3_600;
  const judge = async (issuedAtSeconds: number, ageMs: number) =>
    prepareVerification(PLATFORM)(await issuer.sign({ issuedAtSeconds }), { ...expected, ageMs });
  for (const behindSeconds of [-HOUR_SECONDS, 0, HOUR_SECONDS]) {
    await judge(now() - behindSeconds, 0);
    await judge(now() - behindSeconds, 299_000);
    await assert.rejects(judge(now() - behindSeconds, 330_000), { code: 'invalid_credential' });
  }
  const expiredWhenIssued = await issuer.sign({ claims: { exp: now() - 60 } });
  await assert.rejects(prepareVerification(PLATFORM)(expiredWhenIssued, { ...expected, ageMs: 0 }), {
    code: 'invalid_credential',
  });
});

const refused: readonly (readonly [string, CredentialSpec])[] = [
  ['signed by another key', { forged: true }],
  ['another key id', { kid: 'unknown' }],
  ['another issuer', { claims: { iss: 'https://evil.example' } }],
  ['the other realm', { claims: { iss: `${PLATFORM}/sandbox` } }],
  ['another audience', { claims: { aud: 'another-client' } }],
  ['several audiences', { claims: { aud: [CLIENT_ID, 'another-client'] } }],
  ['no audience', { claims: { aud: undefined } as never }],
  ['another nonce', { claims: { nonce: 'replayed' } }],
  ['no nonce', { claims: { nonce: undefined } }],
  ['expired', { issuedAtSeconds: now() - 300 - 30 }],
  ['no expiry', { claims: { exp: undefined } as never }],
  ['not yet valid', { claims: { nbf: now() + 60 } }],
  ['a validity that begins at no time', { claims: { nbf: 'now' } as never }],
  ['no time of issue', { claims: { iat: undefined } as never }],
  ['a time of issue that is no number', { claims: { iat: '1' } as never }],
  ['an expiry that is no number', { claims: { exp: '9999999999' } as never }],
  ['nobody', { claims: { sub: '' } }],
  ['somebody who is no text', { claims: { sub: 1 } as never }],
  ['no key id', { kid: undefined as never }],
];
for (const [title, spec] of refused) {
  test(`refused: ${title}`, async () => {
    await assert.rejects(verify(await issuer.sign(spec)), { code: 'invalid_credential' });
  });
}

test('refused: other algorithms, and none', async () => {
  const claims = { iss: PLATFORM, aud: CLIENT_ID, sub: 'u', nonce: NONCE, iat: now(), exp: now() + 300 };
  const symmetric = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', kid: 'key-1' })
    .sign(new Uint8Array(32));
  for (const credential of [symmetric, new UnsecuredJWT(claims).encode(), '', 'x', 'a.b.c']) {
    await assert.rejects(verify(credential), { code: 'invalid_credential' });
  }
});

test('refused: another algorithm than that of credentials, though its key is published', async () => {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  issuer.moreKeys = [{ ...(await exportJWK(publicKey)), kid: 'key-2', alg: 'EdDSA', use: 'sig' }];
  const claims = { iss: PLATFORM, aud: CLIENT_ID, sub: 'u', nonce: NONCE, iat: now(), exp: now() + 300 };
  const credential = await new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', kid: 'key-2' }).sign(privateKey);
  await assert.rejects(verify(credential), { code: 'invalid_credential' });
});

test('refused: another kind of token that the same key signs', async () => {
  for (const typ of ['logout+jwt', 'at+jwt', 'JWS'])
    await assert.rejects(verify(await issuer.sign({ typ })), { code: 'invalid_credential' }, typ);
  for (const typ of [undefined, 'jwt', 'application/JWT'])
    assert.equal((await verify(await issuer.sign({ typ }))).sub, 'user-of-this-shop', String(typ));
});

test('refused: signed content that is no object', async () => {
  for (const content of ['null', '[]', '"text"', 'x', '\xff'])
    await assert.rejects(verify(await issuer.signContent(content)), { code: 'invalid_credential' }, content);
});

test('refused: keys that are not for credentials', async () => {
  for (const wrong of [
    { use: 'enc' },
    { alg: 'ES384' },
    { kty: 'RSA' },
    { key_ops: ['sign'] },
    { x: undefined },
    { d: 'AAAA' },
  ]) {
    issuer.changes = wrong;
    await assert.rejects(verify(await issuer.sign()), { code: 'invalid_credential' }, JSON.stringify(wrong));
  }
});

test('an unknown key is looked for once more, because it may be new', async () => {
  issuer.changes = { kid: 'before' };
  const check = prepareVerification(PLATFORM);
  await new Promise((resolve) => setTimeout(resolve));
  issuer.changes = {};
  assert.equal((await check(await issuer.sign(), expected)).sub, 'user-of-this-shop');
  assert.equal(issuer.fetched.filter((url) => url === `${PLATFORM}/jwks`).length, 2);
  await assert.rejects(check(await issuer.sign({ kid: 'other' }), expected), { code: 'invalid_credential' });
  assert.equal(issuer.fetched.filter((url) => url === `${PLATFORM}/jwks`).length, 3);
});

test('keys are fetched again after ten minutes, because one may have been withdrawn', async (t) => {
  const check = prepareVerification(PLATFORM);
  const credential = await issuer.sign();
  await check(credential, { ...expected, ageMs: 0 });
  const later = performance.now() + 601_000;
  t.mock.method(performance, 'now', () => later);
  issuer.changes = { kid: 'after' };
  await assert.rejects(check(credential, { ...expected, ageMs: 0 }), { code: 'invalid_credential' });
});

test('an answer that is no list of keys, or too long, is not taken', async () => {
  for (const body of ['', 'null', '{}', '{"keys":{}}', `{"keys":[]${' '.repeat(100_000)}}`]) {
    const check = prepareVerification(PLATFORM, async () => new Response(body));
    await assert.rejects(check(await issuer.sign(), expected), { code: 'keys_unavailable' }, body.slice(0, 20));
  }
  const odd = prepareVerification(PLATFORM, async () => Response.json({ keys: [null, 1, 'x', []] }));
  await assert.rejects(odd(await issuer.sign(), expected), { code: 'invalid_credential' });
});

test('refused: an issuer that is not this platform’s', async () => {
  const check = prepareVerification(PLATFORM);
  const other = { ...expected, issuer: 'https://evil.example' };
  await assert.rejects(check(await issuer.sign({ claims: { iss: other.issuer } }), other), {
    code: 'invalid_credential',
  });
});

test('keys that cannot be fetched are not reported as an invalid credential', async () => {
  for (const status of [0, 404, 500]) {
    issuer.jwksStatus = status;
    await assert.rejects(verify(await issuer.sign()), { code: 'keys_unavailable' }, String(status));
  }
});

test('after a first failure, the keys are fetched again', async () => {
  issuer.jwksStatus = 0;
  const check = prepareVerification(PLATFORM);
  await new Promise((resolve) => setTimeout(resolve));
  issuer.jwksStatus = 200;
  assert.equal((await check(await issuer.sign(), expected)).sub, 'user-of-this-shop');
});
