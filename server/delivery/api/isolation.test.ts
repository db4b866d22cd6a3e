import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Environment } from '@signup-with-platform/protocol';
import { generateKeyPair, importJWK, SignJWT } from 'jose';
import { loadSigningKeys } from '../../engine/signing-keys.ts';
import { startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';
import { OPERATIONS } from './docs/operations.ts';
import { SUCCESSES } from './docs/testing/successes.ts';
import { type Answered, type Person, type PreparedRequest, Vendor } from './docs/testing/vendor.ts';

// No answer ever holds another app's data, whatever of that app the caller knows: ids, codes, tokens, addresses, passwords. Generic over
// the documented calls, so a new one is covered as soon as it is there.

const KEYED = OPERATIONS.filter(({ security }) => security !== 'none');

/** Calls that make a user: with somebody else's email address they make another one, in the caller's own app. */
const CREATES = ['createUser', 'embedSignup'];
/** Calls whose answer does not depend on whether the user exists. */
const ANSWERS_ALIKE = [
  'forgotPassword',
  'embedForgotPassword',
  'listUsers',
  'listEvents',
  'listSandboxMails',
  'deleteSandboxMails',
];
/** The sandbox inbox is one for both environments of an app that are in the sandbox. */
const OF_THE_APP = ['listSandboxMails', 'getSandboxMail', 'deleteSandboxMail', 'deleteSandboxMails'];

let platform: TestPlatform;
let people = 0;
before(async () => {
  // Every vendor and every attacker asks from the same address.
  platform = await startTestPlatform({ API_QUOTA_PER_HOUR: '1000000' });
});
after(() => platform.close());

/** A person whose values are all unique, so that they can be searched for. */
function somebody(): Person {
  people += 1;
  const mark = `zq${people}xj${String.fromCharCode(97 + (people % 26))}wv`;
  return {
    email: `${mark}mail@example.com`,
    username: `${mark}user`,
    password: `Orchid-${mark}-42`,
    firstName: `${mark}given`,
    lastName: `${mark}family`,
  };
}

const newVendor = (environment: Environment) =>
  Vendor.create(platform, environment, somebody(), `Shop of ${environment} ${people}`);

interface Victim {
  vendor: Vendor;
  /** A request that would have succeeded if the victim had sent it. */
  requests: PreparedRequest[];
  /** The victim's values, which must not appear. */
  secrets: string[];
}

async function newVictim(operation: string): Promise<Victim> {
  const vendor = await newVendor('localhost');
  const prepare = SUCCESSES[operation];
  assert.ok(prepare, `write down in docs/testing/successes.ts what makes ${operation} succeed`);
  const requests = await prepare(vendor);
  // The attacker has a user, too, with whom the victim could be confused.
  if (CREATES.includes(operation) && requests[0]) await vendor.done(requests[0]);
  const { data } = (await vendor.done({ method: 'GET', path: '/1/users' })) as { data: { id: string }[] };
  const { email, username, firstName, lastName } = vendor.person;
  const { apiKey, clientId, clientSecret } = vendor.app;
  const ids = data.map(({ id }) => id);
  return { vendor, requests, secrets: [email, username, firstName, lastName, apiKey, clientId, clientSecret, ...ids] };
}

/** @param request what the caller brought along may come back */
function assertNothingOf({ secrets }: Victim, request: PreparedRequest, answer: Answered): void {
  const brought = `${request.path} ${JSON.stringify(request.body)}`;
  const told = `${answer.text}\n${JSON.stringify([...answer.headers])}`.toLowerCase();
  for (const secret of secrets) {
    if (brought.includes(secret)) continue;
    assert.ok(!told.includes(secret.toLowerCase()), `${request.method} ${request.path} tells ${secret}: ${told}`);
  }
}

const SAME_APP = 'environment of the same app';

describe('with a key or token of another', () => {
  const attackers: [what: string, attackerOf: (victim: Victim) => Promise<Vendor>][] = [
    ['app in the same environment', () => newVendor('localhost')],
    [SAME_APP, ({ vendor }) => vendor.elsewhere('development:sandbox', somebody())],
    ['realm of the same app', ({ vendor }) => vendor.elsewhere('production', somebody())],
  ];
  for (const [what, attackerOf] of attackers) {
    for (const { operation, security } of KEYED) {
      if (what === SAME_APP && OF_THE_APP.includes(operation)) continue;
      it(`${what}: ${operation}`, async () => {
        const victim = await newVictim(operation);
        const attacker = await attackerOf(victim);
        const unchanged = await usersOf(victim.vendor);
        const mails = await mailCount(victim);
        const ways = [
          attacker.key,
          ...(security === 'any' ? [{ authorization: `Bearer ${await attacker.token()}` }] : []),
        ];
        for (const access of ways) {
          for (const request of victim.requests) {
            const answer = await attacker.send(request, access);
            assertNothingOf(victim, request, answer);
            if (CREATES.includes(operation)) assertOwnUser(victim, answer);
            else if (!ANSWERS_ALIKE.includes(operation)) {
              // The contract's 400 for a wrong password or code is what an unknown one gets, too.
              assert.ok([400, 401, 402, 403, 404].includes(answer.status), `${answer.status} ${answer.text}`);
            }
          }
        }
        assert.deepEqual(await usersOf(victim.vendor), unchanged);
        if (!CREATES.includes(operation)) assert.equal(await mailCount(victim), mails);
      });
    }
    it(`${what}: looking for its people`, async () => {
      const victim = await newVictim('getUser');
      const attacker = await attackerOf(victim);
      const { email, username } = victim.vendor.person;
      const [{ path = '' } = {}] = victim.requests;
      const id = path.split('/').at(-1) ?? '';
      // Control: the victim does find the marks.
      assert.ok((await victim.vendor.send({ method: 'GET', path })).text.includes(victim.vendor.person.firstName));
      for (const query of [`email=${email}`, `username=${username}`, `starting_after=${id}`, `ending_before=${id}`]) {
        const request = { method: 'GET', path: `/1/users?${query}` };
        const answer = await attacker.send(request);
        assert.ok([400, 404].includes(answer.status), `${query}: ${answer.status}`);
        assertNothingOf(victim, request, answer);
      }
    });
  }
});

/** Whoever signed up with the victim's address is a new user of the caller's. */
function assertOwnUser({ secrets }: Victim, { json }: Answered): void {
  const { id } = json as { id?: string };
  assert.ok(id === undefined || !secrets.includes(id));
}

async function usersOf(vendor: Vendor): Promise<unknown> {
  return (await vendor.done({ method: 'GET', path: '/1/users' }))['data'];
}

async function mailCount({ vendor }: Victim): Promise<number> {
  const response = await fetch(platform.mailPage ?? '', { headers: { accept: 'application/json' } });
  const { mails } = (await response.json()) as { mails: { to: string }[] };
  return mails.filter(({ to }) => to === vendor.person.email).length;
}

describe('with invalid credentials', () => {
  for (const { operation, security } of KEYED) {
    it(operation, async () => {
      const victim = await newVictim(operation);
      const { vendor } = victim;
      for (const [what, access] of Object.entries(await dead(vendor))) {
        if (security === 'api-key' && 'authorization' in access)
          Object.assign(access, { 'x-api-key': 'sk_test_nothing' });
        for (const request of victim.requests) {
          const answer = await vendor.send(request, access);
          assert.ok([401, 402, 403].includes(answer.status), `${what}: ${answer.status} ${answer.text}`);
          assertNothingOf(victim, request, answer);
        }
      }
    });
  }
});

/** Keys and tokens that once opened the victim's app, look as if, or belong to somebody who is locked out. */
async function dead(vendor: Vendor): Promise<Record<string, Record<string, string>>> {
  const { clientId } = vendor.app;
  const { db } = platform.database;
  const { key: revoked } = await platform.storage.apiKeys.create(clientId, { name: 'old' });
  const { key: elsewhere } = await platform.storage.apiKeys.create(clientId, {
    name: 'k',
    addressRanges: ['192.0.2.1'],
  });
  const prefix = revoked.slice(0, 'sk_test_'.length + 4);
  await db
    .updateTable('api_keys')
    .set({ expires_at: 1 })
    .where('client_id', '=', clientId)
    .where('prefix', '=', prefix)
    .execute();
  const disabled = await newVendor('localhost');
  const tokenOfDisabled = await disabled.token();
  await platform.storage.apps.setDisabled(disabled.app.appId, true);
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const valid = { iss: `${platform.url}/sandbox`, aud: `${platform.url}/1`, sub: clientId, client_id: clientId };
  const signed = (realm: 'sandbox' | 'production', typ: string, claims: object, expires = '1h') =>
    sign(realm, typ, { environment: 'localhost', ...valid, ...claims }, expires);
  return {
    'no key at all': {},
    'a revoked key': { 'x-api-key': revoked },
    'a key for other addresses': { 'x-api-key': elsewhere },
    'a key of a disabled app': disabled.key,
    'the other kind of key': { 'x-api-key': vendor.app.apiKey.replace('sk_test_', 'sk_live_') },
    'the client_id': { 'x-api-key': clientId },
    'the client_secret': { 'x-api-key': vendor.app.clientSecret },
    'a token of a disabled app': bearer(tokenOfDisabled),
    'an expired token': bearer(await signed('sandbox', 'at+jwt', {}, '-5m')),
    'a forged token': bearer(await forge(valid)),
    'an unsigned token': bearer(unsigned(valid)),
    'a token of the other realm’s key': bearer(await signed('production', 'at+jwt', {})),
    'a token of the other realm': bearer(await signed('production', 'at+jwt', { iss: platform.url })),
    'a token for another environment': bearer(await signed('sandbox', 'at+jwt', { environment: 'production' })),
    'a token for another audience': bearer(await signed('sandbox', 'at+jwt', { aud: platform.url })),
    'an ID token': bearer(await signed('sandbox', 'JWT', { aud: clientId, nonce: 'n' })),
    'an ID token for the API': bearer(await signed('sandbox', 'JWT', {})),
  };
}

async function sign(realm: 'sandbox' | 'production', typ: string, claims: object, expires: string): Promise<string> {
  const [key] = await loadSigningKeys(platform.storage.realm(realm).signingKeys);
  assert.ok(key);
  return jwt(claims, typ, expires, String(key.kid), await importJWK(key, 'ES256'));
}

async function forge(claims: object): Promise<string> {
  const [key] = await loadSigningKeys(platform.storage.realm('sandbox').signingKeys);
  const { privateKey } = await generateKeyPair('ES256');
  return jwt({ environment: 'localhost', ...claims }, 'at+jwt', '1h', String(key?.kid), privateKey);
}

function jwt(
  claims: object,
  typ: string,
  expires: string,
  kid: string,
  key: Parameters<SignJWT['sign']>[0],
): Promise<string> {
  return new SignJWT({ ...claims, jti: crypto.randomUUID() })
    .setProtectedHeader({ alg: 'ES256', typ, kid })
    .setIssuedAt()
    .setExpirationTime(expires)
    .sign(key);
}

function unsigned(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(Date.now() / 1000) + 3_600;
  return `${part({ alg: 'none', typ: 'at+jwt' })}.${part({ ...claims, environment: 'localhost', iat: exp - 3_600, exp, jti: 'j' })}.`;
}

describe('external_login', () => {
  it('gives no token for another app’s client_id, or for the wrong environment', async () => {
    const victim = await newVictim('externalLogin');
    const attacker = await newVendor('localhost');
    const [request] = victim.requests;
    assert.ok(request);
    const body = request.body as Record<string, string>;
    for (const wrong of [
      { client_secret: attacker.app.clientSecret },
      { client_secret: victim.vendor.app.apiKey },
      { client_id: attacker.app.clientId },
      { environment: 'production' },
      { environment: 'development:sandbox' },
    ]) {
      const asked = { ...request, body: { ...body, ...wrong } };
      const answer = await attacker.send(asked, {});
      assert.equal(answer.status, 401);
      assert.deepEqual(answer.json, {
        code: 401,
        message: 'fail',
        data: { error: 'Invalid client_id or client_secret' },
      });
      assertNothingOf(victim, asked, answer);
    }
  });
});
