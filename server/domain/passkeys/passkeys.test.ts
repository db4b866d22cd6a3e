import assert from 'node:assert/strict';
import { after, before, describe, it, mock } from 'node:test';
import type { RealmContext } from '../../http/realm-context.ts';
import type { Account } from '../../storage/accounts.ts';
import { type Deviation, SoftwareAuthenticator } from '../../testing/software-authenticator.ts';
import { openTestRealm, type TestRealm } from '../../testing/test-realm.ts';
import { addPasskey, creationOptions, MAX_PASSKEYS, passkeyNameSchema } from './add.ts';
import { acceptsChallenge, issueChallenge } from './challenge.ts';
import { requestOptions, signInWithPasskey } from './sign-in.ts';
import { suggestedName } from './suggested-name.ts';

const FORM = 'the token of a form';
const MINUTE_MS = 60_000;

describe('passkeys', () => {
  let realm: TestRealm;
  let production: RealmContext;
  before(async () => {
    realm = await openTestRealm('sandbox');
    production = {
      ...realm,
      realm: 'production',
      rows: realm.storage.realm('production'),
      cookieKey: 'the key of production',
    };
  });
  after(() => realm.close());

  const newAccount = (known: Partial<Account> = {}): Promise<Account> =>
    realm.rows.accounts.create({ email: 'ada@example.com', givenName: 'Ada', familyName: 'Byron', ...known });
  const newAuthenticator = () => new SoftwareAuthenticator('https://id.example');

  async function add(account: Account, authenticator = newAuthenticator(), deviation: Deviation = {}) {
    const json = authenticator.create(await creationOptions(realm, account, FORM), deviation);
    return addPasskey(realm, account, { json, name: 'Laptop', form: FORM });
  }
  const signIn = (json: string, more: { form?: string; onlyAs?: string; context?: RealmContext } = {}) => {
    const { context = realm, form = FORM, onlyAs } = more;
    return signInWithPasskey(context, { json, form, address: undefined, ...(onlyAs !== undefined && { onlyAs }) });
  };
  const answer = (authenticator: SoftwareAuthenticator, deviation: Deviation = {}) =>
    authenticator.get(requestOptions(realm, FORM), deviation);

  describe('adding one', () => {
    it('asks for a discoverable key whose device checks its user, once for each device', async () => {
      const account = await newAccount();
      const authenticator = newAuthenticator();
      await add(account, authenticator);
      const options = await creationOptions(realm, account, FORM);
      assert.deepEqual(options.rp, { id: 'id.example', name: 'Platform (Sandbox)' });
      assert.equal((await creationOptions(production, account, FORM)).rp.name, 'Platform');
      assert.equal(options.attestation, 'none');
      const { residentKey, userVerification } = options.authenticatorSelection ?? {};
      assert.deepEqual([residentKey, userVerification], ['required', 'required']);
      assert.deepEqual(
        options.excludeCredentials?.map(({ id }) => id),
        [authenticator.credentialId],
      );
      assert.equal(Buffer.from(options.user.id, 'base64url').toString(), account.id, 'nothing that says who it is');
      assert.equal(options.user.name, 'ada@example.com (Sandbox)');
    });

    it('keeps what is needed to sign in', async () => {
      const account = await newAccount();
      const authenticator = newAuthenticator();
      authenticator.counter = 3;
      const passkey = await add(account, authenticator, { synced: false });
      assert.deepEqual(
        { ...passkey, publicKey: undefined, createdAt: undefined },
        {
          credentialId: authenticator.credentialId,
          accountId: account.id,
          name: 'Laptop',
          publicKey: undefined,
          counter: 3,
          transports: ['internal'],
          synced: false,
          createdAt: undefined,
        },
      );
      assert.deepEqual(await realm.rows.passkeys.list(account.id), [passkey]);
    });

    const bad: [title: string, deviation: Deviation][] = [
      ['another origin', { origin: 'https://evil.example' }],
      ['another relying party', { rpId: 'evil.example' }],
      ['a challenge of nobody’s', { challenge: Buffer.alloc(54).toString('base64url') }],
      ['an empty challenge', { challenge: '' }],
      ['a user who was not checked', { userVerified: false }],
      ['a user who was not there', { userPresent: false }],
      ['a sign-in', { type: 'webauthn.get' }],
      ['an attestation with certificates', { attestation: { format: 'packed', statement: { x5c: [] } } }],
      ['an attestation of another kind', { attestation: { format: 'fido-u2f', statement: {} } }],
      // Good but for the place of the certificates, which the library passes over when it is empty.
      ['a place for certificates', { attestation: { format: 'packed', selfSigned: true, statement: { x5c: null } } }],
    ];
    for (const [title, deviation] of bad) {
      it(`refuses ${title}`, async () => {
        const account = await newAccount();
        assert.equal(await add(account, newAuthenticator(), deviation), undefined);
        assert.deepEqual(await realm.rows.passkeys.list(account.id), []);
      });
    }

    it('takes a key that signs for itself, as some browsers have it', async () => {
      const attestation = { format: 'packed', selfSigned: true, statement: {} } as const;
      assert.ok(await add(await newAccount(), newAuthenticator(), { attestation }));
    });

    it('refuses what is no answer', async () => {
      const account = await newAccount();
      for (const json of ['', 'null', '{}', '[]', '{"id":1}', '"', 'x'.repeat(20_000)]) {
        assert.equal(await addPasskey(realm, account, { json, name: 'Laptop', form: FORM }), undefined);
      }
    });

    it('takes an answer once, from the form and for the account that it was made for', async () => {
      const account = await newAccount();
      const stranger = await newAccount();
      const json = newAuthenticator().create(await creationOptions(realm, account, FORM));
      assert.equal(await addPasskey(realm, account, { json, name: 'Laptop', form: 'another' }), undefined);
      assert.equal(await addPasskey(realm, stranger, { json, name: 'Laptop', form: FORM }), undefined);
      assert.ok(await addPasskey(realm, account, { json, name: 'Laptop', form: FORM }));
      await realm.rows.passkeys.remove(account.id, JSON.parse(json).id);
      assert.equal(await addPasskey(realm, account, { json, name: 'Laptop', form: FORM }), undefined, 'replayed');
    });

    it('takes no challenge that was issued for signing in', async () => {
      const account = await newAccount();
      const { challenge } = requestOptions(realm, FORM);
      assert.equal(await add(account, newAuthenticator(), { challenge }), undefined);
    });

    it('leaves a passkey to whom it belongs', async () => {
      const authenticator = newAuthenticator();
      const owner = await newAccount();
      assert.ok(await add(owner, authenticator));
      assert.equal(await add(await newAccount(), authenticator), undefined);
      assert.equal((await realm.rows.passkeys.find(authenticator.credentialId))?.accountId, owner.id);
    });

    it(`ends at ${MAX_PASSKEYS}`, async () => {
      const account = await newAccount();
      for (let number = 0; number < MAX_PASSKEYS; number += 1) assert.ok(await add(account));
      assert.equal(await add(account), undefined);
    });
  });

  describe('signing in with one', () => {
    async function holder(known: Partial<Account> = {}) {
      const account = await newAccount(known);
      const authenticator = newAuthenticator();
      await add(account, authenticator);
      return { account, authenticator };
    }
    const refused = async (json: string, reason: string, more: Parameters<typeof signIn>[1] = {}) => {
      const result = await signIn(json, more);
      assert.equal(result.outcome, 'passkey_refused');
      assert.equal(result.outcome === 'passkey_refused' && result.reason, reason);
    };

    it('needs no name, and says when it was used and whether it is synced by now', async () => {
      const { account, authenticator } = await holder();
      const options = requestOptions(realm, FORM);
      assert.deepEqual(
        [options.rpId, options.userVerification, options.allowCredentials],
        ['id.example', 'required', undefined],
      );
      const result = await signIn(authenticator.get(options, { synced: false }));
      assert.deepEqual(result, { outcome: 'signed-in', account });
      const used = await realm.rows.passkeys.find(authenticator.credentialId);
      assert.ok(used?.lastUsedAt);
      assert.equal(used.synced, false);
    });

    const bad: [title: string, deviation: Deviation, reason?: string][] = [
      ['another origin', { origin: 'https://evil.example' }],
      ['a host that begins alike', { origin: 'https://id.example.evil.example' }],
      ['another relying party', { rpId: 'evil.example' }],
      ['a challenge of nobody’s', { challenge: Buffer.alloc(54).toString('base64url') }],
      ['an empty challenge', { challenge: '' }],
      ['a user who was not checked', { userVerified: false }],
      ['a user who was not there', { userPresent: false }],
      ['a registration', { type: 'webauthn.create' }],
      ['another user', { userHandle: Buffer.from('somebody').toString('base64url') }, 'unknown'],
      ['no user', { userHandle: '' }, 'unknown'],
    ];
    for (const [title, deviation, reason = 'unverified'] of bad) {
      it(`refuses ${title}`, async () => {
        const { authenticator } = await holder();
        await refused(answer(authenticator, deviation), reason);
        assert.equal((await realm.rows.passkeys.find(authenticator.credentialId))?.lastUsedAt, undefined);
      });
    }

    it('refuses a signature that is not the key’s', async () => {
      const { authenticator } = await holder();
      const given = JSON.parse(answer(authenticator));
      const signature = Buffer.from(given.response.signature, 'base64url');
      signature.writeUInt8(signature.readUInt8(signature.length - 1) ^ 1, signature.length - 1);
      given.response.signature = signature.toString('base64url');
      await refused(JSON.stringify(given), 'unverified');
      // Another's key under this one's name.
      const { authenticator: other } = await holder();
      const theirs = JSON.parse(answer(other));
      const { userHandle } = given.response;
      await refused(
        JSON.stringify({ ...theirs, id: given.id, rawId: given.id, response: { ...theirs.response, userHandle } }),
        'unverified',
      );
    });

    it('refuses what is no answer, and what nobody knows', async () => {
      for (const json of ['', 'null', '{}', '[1]', 'x'.repeat(20_000)]) await refused(json, 'malformed');
      await refused(answer(newAuthenticator()), 'unknown');
    });

    it('takes an answer once, of several at once too', async () => {
      const { authenticator } = await holder();
      const json = answer(authenticator);
      const results = await Promise.all([signIn(json), signIn(json), signIn(json)]);
      assert.deepEqual(results.map(({ outcome }) => outcome).sort(), [
        'passkey_refused',
        'passkey_refused',
        'signed-in',
      ]);
      await refused(json, 'replayed');
    });

    it('takes it from the form that the challenge was made for', async () => {
      const { authenticator } = await holder();
      await refused(answer(authenticator), 'unverified', { form: 'another' });
    });

    it('takes it for a quarter of an hour', async () => {
      const { authenticator } = await holder();
      const json = answer(authenticator);
      mock.timers.enable({ apis: ['Date'], now: Date.now() + 15 * MINUTE_MS });
      try {
        await refused(json, 'unverified');
      } finally {
        mock.timers.reset();
      }
      assert.equal((await signIn(json)).outcome, 'signed-in');
    });

    it('refuses a counter that has not gone up: there may be a copy', async () => {
      const account = await newAccount();
      const authenticator = newAuthenticator();
      authenticator.counter = 5;
      await add(account, authenticator);
      assert.equal((await signIn(answer(authenticator))).outcome, 'signed-in');
      for (const counter of [6, 3, 0]) await refused(answer(authenticator, { counter }), 'counter');
      assert.equal((await signIn(answer(authenticator, { counter: 50 }))).outcome, 'signed-in');
    });

    it('does not know the passkeys of the other realm', async () => {
      const { authenticator } = await holder();
      const json = authenticator.get(requestOptions(production, FORM));
      await refused(json, 'unknown', { context: production });
      await refused(json, 'unverified');
    });

    it('tells a blocked person so, and confirms nobody else', async () => {
      const blocked = await holder({ blocked: true });
      assert.equal((await signIn(answer(blocked.authenticator))).outcome, 'account_blocked');
      const [one, other] = [await holder(), await holder()];
      await refused(answer(one.authenticator), 'other_account', { onlyAs: other.account.id });
      assert.equal((await signIn(answer(one.authenticator), { onlyAs: one.account.id })).outcome, 'signed-in');
    });

    it('is counted by network address when it fails, and only then', async () => {
      const { authenticator } = await holder();
      const address = '198.51.100.9';
      const attempt = (json: string) => signInWithPasskey(realm, { json, form: FORM, address });
      for (let failure = 0; failure < 299; failure += 1) await attempt('{}');
      for (let success = 0; success < 2; success += 1) {
        assert.equal((await attempt(answer(authenticator))).outcome, 'signed-in');
      }
      await attempt('{}');
      assert.equal((await attempt(answer(authenticator))).outcome, 'too_many_attempts');
    });
  });

  it('have challenges for one purpose and one form each, in one realm', () => {
    const challenge = issueChallenge(realm, 'add', FORM);
    assert.equal(acceptsChallenge(realm, 'add', FORM, challenge), true);
    assert.equal(acceptsChallenge(realm, 'sign-in', FORM, challenge), false);
    assert.equal(acceptsChallenge(realm, 'add', 'another', challenge), false);
    assert.equal(acceptsChallenge(production, 'add', FORM, challenge), false);
  });

  it('is named by its owner, and at first after the device', () => {
    assert.equal(passkeyNameSchema.parse('  My\n\u202eold   laptop '), 'My old laptop');
    for (const name of ['', ' \u200f\n ', 'x'.repeat(61)])
      assert.equal(passkeyNameSchema.safeParse(name).success, false);
    const names: [userAgent: string | undefined, name: string][] = [
      ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X)', 'iPhone'],
      ['Mozilla/5.0 (Linux; Android 10; K)', 'Android'],
      ['Mozilla/5.0 (X11; CrOS x86_64 14541.0.0)', 'Chromebook'],
      ['Mozilla/5.0 (Windows NT 10.0; Win64; x64)', 'Windows'],
      ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 'Mac'],
      ['Mozilla/5.0 (X11; Linux x86_64)', 'Linux'],
      ['curl/8', 'Passkey'],
      [undefined, 'Passkey'],
    ];
    for (const [userAgent, name] of names) assert.equal(suggestedName(userAgent, 'Passkey'), name);
  });
});
