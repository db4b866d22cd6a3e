import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestIssuer, type TestIssuer } from './testing.ts';
import { verifyLoginPost } from './verify-login-post.ts';

const TOKEN = '5d5e0a3e-6c57-4a0d-9c3e-0b1a4e1f2a3b';
const COOKIE = `session=s; signup_csrf_token=${TOKEN}; theme=dark`;

let platform: TestIssuer;
let credential: string;
before(async () => {
  platform = await startTestIssuer();
  credential = await platform.sign({ aud: 'shop', nonce: 'n-1', sub: 'jane' });
});
after(() => platform[Symbol.asyncDispose]());

const verify = (body: unknown, cookie: string | null | undefined = COOKIE, more: { name?: string } = {}) =>
  verifyLoginPost({ body, cookie }, { clientId: 'shop', issuer: platform.issuer, nonce: 'n-1', ...more });

describe('verifyLoginPost', () => {
  it('returns the claims when cookie and field are the same', async () => {
    assert.equal((await verify({ credential, csrf_token: TOKEN })).sub, 'jane');
    assert.equal((await verify({ id: credential, csrf_token: TOKEN }, COOKIE, { name: 'id' })).sub, 'jane');
    assert.equal((await verify({ credential, csrf_token: 'a=b' }, 'signup_csrf_token=a=b')).sub, 'jane');
  });

  it('reads the form of a Fetch handler', async () => {
    assert.equal((await verify(new URLSearchParams({ credential, csrf_token: TOKEN }))).sub, 'jane');
  });

  for (const [name, fields, cookie] of [
    ['no cookie at all', { csrf_token: TOKEN }, null],
    ['other cookies only', { csrf_token: TOKEN }, `signup_csrf_token_=${TOKEN}; xsignup_csrf_token=${TOKEN}`],
    ['an empty cookie, an empty field', { csrf_token: '' }, 'signup_csrf_token='],
    ['a cookie without a value', { csrf_token: '' }, 'signup_csrf_token'],
    ['no field', {}, COOKIE],
    ['another field', { csrf_token: `${TOKEN}0` }, COOKIE],
    ['two fields', { csrf_token: [TOKEN, TOKEN] }, COOKIE],
    ['a second cookie from a neighbouring subdomain', { csrf_token: 'theirs' }, `signup_csrf_token=theirs; ${COOKIE}`],
    ['a second cookie after ours', { csrf_token: 'theirs' }, `${COOKIE}; signup_csrf_token=theirs`],
  ] as const) {
    it(`refuses ${name}, whatever the credential`, async () => {
      await assert.rejects(verify({ credential, ...fields }, cookie), { code: 'foreign_post' });
      await assert.rejects(verify({ credential: 'nonsense', ...fields }, cookie), { code: 'foreign_post' });
    });
  }

  it('refuses a body that is not a form', async () => {
    for (const body of [undefined, null, 'credential=x', 7]) {
      await assert.rejects(verify(body), { code: 'foreign_post' });
    }
  });

  it('also checks the credential', async () => {
    await assert.rejects(verify({ credential: `${credential}x`, csrf_token: TOKEN }), { code: 'bad_signature' });
    await assert.rejects(verify({ csrf_token: TOKEN }), { code: 'malformed_credential' });
    const stolen = await platform.sign({ aud: 'shop', nonce: 'n-2', sub: 'jane' });
    await assert.rejects(verify({ credential: stolen, csrf_token: TOKEN }), { code: 'wrong_nonce' });
  });
});
