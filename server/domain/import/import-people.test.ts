import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { it } from 'node:test';
import { claimsOf, FIELDS, type Realm } from '@signup-with-platform/protocol';
import { readConfig } from '../../config.ts';
import { DataKeys } from '../../data-key/data-keys.ts';
import type { AccountRepository } from '../../storage/accounts.ts';
import { onEachEngine } from '../../storage/testing/engines.ts';
import { registerShop, signUp } from '../../storage/testing/fixtures.ts';
import { OWN_FIELDS } from '../../testing/own-fields.ts';
import { ownerOf } from '../accounts/foreign-passwords.ts';
import { isDeviceOf, recogniseDevice } from '../accounts/known-device.ts';
import { BUILT_IN, FieldCatalogue } from '../claims/catalogue.ts';
import { priorConsent } from '../consent/consent-request.ts';
import { fromStored } from '../password-forms/sealed.ts';
import { openSecret } from '../second-factor/secret.ts';
import { importPeople, type Reject } from './import-people.ts';
import { readPerson } from './person.ts';
import { wrapDigests } from './wrap-digests.ts';

const BCRYPT = '$2y$10$84R1ZrJK4HS5GJ8SkbIdMeVoKfoVlRUkFw504n7mMUeerkzWCsqO.';
const RP_ID = 'id.example';
const ISSUERS = [{ id: 'old', issuer: 'https://old.example' }];
const keysOf = (key: Buffer) => new DataKeys(async () => [key], { isAvailable: true });
const [KEYS, OTHER_KEYS] = [keysOf(randomBytes(32)), keysOf(randomBytes(32))];

async function isPassword(accounts: () => AccountRepository, email: string, password: string): Promise<boolean> {
  return (await ownerOf(KEYS, await accounts().findForeignPasswords(email), password)) !== undefined;
}

const PASSKEY = {
  credential_id: 'Y3JlZGVudGlhbA',
  // As Auth0 exports one.
  public_key:
    'pQECAyYgASFYINyKhPlWgE7mbqt8a2KNOF5E7WDJldqdzDluEGXRSZfDIlggm6QZeVo629IgVdnFqXIIMO98mVEHadF3eMKRA2dz0rc=',
  rp_id: RP_ID,
};

/** The example of the contract. */
const JANE = {
  ...{ id: 'u-1001', email: 'jane@example.com', email_verified: true, password_hash: BCRYPT },
  ...{ given_name: 'Jane', family_name: 'Doe', phone_number: '+31205550101', phone_number_verified: true },
  address: { street_address: '12 Canal Street', locality: 'Amsterdam', postal_code: '1012 AB', country: 'NL' },
  ...{ birthdate: '1990-05-17', locale: 'nl', created_at: '2019-04-01T10:00:00Z', blocked: false },
  identities: [{ issuer: 'https://old.example', subject: 'abc' }],
};

onEachEngine('an import', (context) => {
  const { accounts, identities } = { accounts: () => rows().accounts, identities: () => rows().identities };
  const rows = () => context.storage.realm('production');
  let files = 0;
  const bring = async (
    people: readonly unknown[],
    { dryRun = false, dataKeys = KEYS, again = false, fields = BUILT_IN, realm = 'production' as Realm } = {},
  ) => {
    const rejects: Reject[] = [];
    const left: string[] = [];
    async function* read() {
      for (const [index, row] of people.entries()) yield { line: index + 1, row };
    }
    files += 1;
    const { importId, report, ...counts } = await importPeople(context.storage, read(), {
      ...{ realm, source: `file ${files}`, issuers: ISSUERS, rpId: RP_ID, dryRun, dataKeys, again, fields },
      onReject: (reject) => {
        rejects.push(reject);
      },
      onLeftAlone: ({ line, what, because }) => {
        left.push(`${line}: ${what}: ${because}`);
      },
    });
    return { counts, importId, report, left, reasons: rejects.map(({ line, reason }) => `${line}: ${reason}`) };
  };
  const counted = (counts: Partial<Record<'read' | 'created' | 'updated' | 'unchanged' | 'rejected', number>>) => ({
    ...{ read: 0, created: 0, updated: 0, unchanged: 0, rejected: 0 },
    ...counts,
  });

  it('says what it would do, does it, and finds nothing to do when it is run again', async () => {
    const dry = await bring([JANE], { dryRun: true });
    assert.deepEqual([dry.counts, dry.importId], [counted({ read: 1, created: 1 }), undefined]);
    assert.equal(await accounts().findVerified('jane@example.com'), undefined);

    assert.deepEqual((await bring([JANE])).counts, counted({ read: 1, created: 1 }));
    const jane = await accounts().findVerified('jane@example.com');
    assert.deepEqual(
      [jane?.givenName, jane?.familyName, jane?.phoneNumber, jane?.birthdate, jane?.locale, jane?.blocked],
      ['Jane', 'Doe', '+31205550101', '1990-05-17', 'nl', false],
    );
    assert.deepEqual(jane?.address, JANE.address);
    assert.equal(jane?.createdAt.toISOString(), '2019-04-01T10:00:00.000Z');
    assert.equal((await identities().use({ issuer: 'https://old.example', subject: 'abc' }))?.accountId, jane?.id);

    assert.deepEqual((await bring([JANE])).counts, counted({ read: 1, unchanged: 1 }));
    // The order of keys says nothing, and null says as little as a key that is not there.
    const turned = { ...Object.fromEntries(Object.entries(JANE).toReversed()), claims: null, picture: null };
    assert.deepEqual((await bring([turned])).counts, counted({ read: 1, unchanged: 1 }));
    assert.deepEqual((await bring([{ ...JANE, family_name: 'Roe' }])).counts, counted({ read: 1, updated: 1 }));
    assert.equal((await accounts().findVerified('jane@example.com'))?.familyName, 'Roe');
  });

  it('takes values of own fields, as JSON and as texts of a table, and keeps those that a row leaves out', async () => {
    const fields = new FieldCatalogue(readConfig({ OWN_FIELDS }).ownFields);
    const row = (claims: object) => ({ id: 'own', email: 'own@example.com', email_verified: true, claims });
    const stored = async () => (await accounts().findVerified('own@example.com'))?.ownClaims;
    await bring([row({ loyalty_number: 'LC-1234', cellar_bottles: 12, wants_catalogue: true, tier: 'gold' })], {
      fields,
    });
    assert.deepEqual(await stored(), {
      loyalty_number: 'LC-1234',
      cellar_bottles: 12,
      wants_catalogue: true,
      tier: 'gold',
    });
    await bring([row({ cellar_bottles: '13', wants_catalogue: 'false', member_since: '2019-04-01' })], { fields });
    assert.deepEqual(await stored(), {
      ...{ loyalty_number: 'LC-1234', cellar_bottles: 13, wants_catalogue: false, tier: 'gold' },
      member_since: '2019-04-01',
    });
    const { reasons } = await bring(
      [
        row({ loyalty_number: '88' }),
        row({ tier: 'platinum' }),
        row({ cellar_bottles: -1 }),
        row({ member_since: 'yesterday' }),
        row({ company: '<script>' }),
        row({ shoe_size: 44 }),
      ],
      { fields },
    );
    assert.deepEqual(
      reasons.map((reason) => String(reason).replace(/^\d+: /, '')),
      [
        'claims.loyalty_number: does not match the pattern of the field',
        'claims.tier: is none of the choices that the field has',
        'claims.cellar_bottles: is no number, or one that the field does not take',
        'claims.member_since: is no date as 1990-05-17',
        'claims.company: has characters that no name or address has',
        'claims.shoe_size: not known; the keys are those that the guide to imports lists',
      ],
    );
  });

  it('leaves out a bad row with its line and reason, and takes the others', async () => {
    const ok = { id: 'after', email: 'after@example.com' };
    const { counts, reasons } = await bring([
      { id: 'r1', emial: 'typo@example.com' },
      { given_name: 'Nobody' },
      { id: 'r3', email: 'no address' },
      { id: 'r4', email_verified: true },
      { id: 'r5', password_hash: 'plain text' },
      { id: 'r6', password_hash: { algorithm: 'rot13', hash: 'x' } },
      { id: 'r7', birthdate: '17.05.1990' },
      { id: 'r8', address: { planet: 'Mars' } },
      { id: 'r9', given_name: 'a\0b' },
      { id: 'r10', given_name: '<script>' },
      { id: 'r11', created_at: '2999-01-01T00:00:00Z' },
      { id: 'r12', created_at: 'yesterday' },
      { id: 'r13', blocked: 'yes' },
      { id: 'r14', identities: [{ issuer: 'https://elsewhere.example', subject: 'x' }] },
      { id: 'r15', phone_number: '12' },
      { id: 'r16\n' },
      { id: 'r\u001b17' },
      { id: 'r18', claims: { loyalty_number: '88' } },
      'a text',
      null,
      [],
      { id: 'x'.repeat(201) },
      JSON.parse('{"__proto__":{"id":"r23"},"email":"r23@example.com"}'),
      ok,
    ]);
    assert.deepEqual(counts, counted({ read: 24, created: 2, rejected: 22 }));
    assert.deepEqual(reasons, EXPECTED_REASONS);
    assert.ok((await accounts().findByEmail('after@example.com'))[0]);
  });

  it('gives nobody what is somebody else’s', async () => {
    const owner = await signUp(context.storage, { email: 'mine@example.com', emailVerified: true });
    const taken = [{ issuer: 'https://old.example', subject: 'shared' }];
    const { counts, reasons } = await bring([
      { id: 't1', email: 'MINE@example.com', email_verified: true, given_name: 'Thief' },
      { id: 't2', email: 'mine@example.com', given_name: 'A claim' },
      { id: 't3', email: 'twice@example.com', email_verified: true },
      { id: 't4', email: 'Twice@example.com', email_verified: true },
      { id: 't5', identities: taken },
      { id: 't6', identities: taken },
    ]);
    assert.deepEqual(counts, counted({ read: 6, created: 3, rejected: 3 }));
    assert.deepEqual(reasons, [
      '1: email: another account has verified MINE@example.com',
      '4: email: another account has verified Twice@example.com',
      '6: identities: shared opens another account',
    ]);
    assert.equal((await accounts().find(owner.id))?.givenName, undefined);
    assert.equal((await accounts().findVerified('mine@example.com'))?.id, owner.id);
  });

  it('takes the same id twice in one file for one person, whatever stands between', async () => {
    const first = { id: 'twins', email: 'twins@example.com', given_name: 'First' };
    const { counts } = await bring([first, { id: 'between' }, { ...first, given_name: 'Second' }, first]);
    assert.deepEqual(counts, counted({ read: 4, created: 2, updated: 2 }));
    const [twins, ...others] = await accounts().findByEmail('twins@example.com');
    assert.deepEqual([twins?.givenName, others.length], ['First', 0]);
  });

  it('tells an id apart from an address, and a number from nothing', async () => {
    const { counts } = await bring([
      { email: 'key@example.com' },
      { id: 'key@example.com' },
      { id: 'email:key@example.com' },
      { id: 7 },
      { id: '7' },
      { email: 'KEY@example.com' },
    ]);
    assert.deepEqual(counts, counted({ read: 6, created: 4, updated: 1, unchanged: 1 }));
  });

  it('seals a weak digest, and wraps it when a server has time, after which nothing of it is left', async () => {
    const email = 'weak@example.com';
    const md5 = '46c082be7d7d25c97a70fc69aceee82a';
    const row = { id: 'weak', email, email_verified: true, password_hash: { algorithm: 'md5', hash: md5 } };
    const without = await bring([row], { dataKeys: new DataKeys(async () => [], { isAvailable: false }) });
    assert.deepEqual(without.reasons, [
      '1: password_hash is so weak that it is stored encrypted, which needs the setting DATA_KEY',
    ]);
    await bring([row]);
    const stored = async () => (await accounts().findVerified(email))?.passwordHash ?? '';
    const sealed = await stored();
    assert.match(sealed, /^\{"form":"sealed","box":"v1\./);
    for (const encoding of ['hex', 'base64'] as const)
      assert.ok(!sealed.includes(Buffer.from(md5, 'hex').toString(encoding)), encoding);
    assert.equal(await accounts().countWeakPasswords(), 1);
    assert.equal(await isPassword(accounts, email, 'Grüße an Zoë 12'), true);
    // Of somebody else, moved here by whoever can write to the database.
    const { id = '' } = (await accounts().findVerified(email)) ?? {};
    assert.equal(await fromStored(KEYS, `${id}x`, sealed), undefined);

    // They came by a mailed code, say.
    const owner = async () => (await accounts().find(id)) ?? assert.fail();
    const device = recogniseDevice('key', await owner());
    assert.equal(isDeviceOf('key', await owner(), device), true);
    const { signal } = new AbortController();
    assert.equal(await wrapDigests({ storage: context.storage, dataKeys: OTHER_KEYS }, signal), 0);
    assert.equal(await wrapDigests({ storage: context.storage, dataKeys: KEYS }, signal), 1);
    assert.match(await stored(), /^\{"form":"wrapped",.*\$argon2id\$/);
    assert.equal(await accounts().countWeakPasswords(), 0);
    assert.equal((await accounts().slowestForeignPassword()) >= 5, true);
    assert.equal(await isPassword(accounts, email, 'Grüße an Zoë 12'), true);
    assert.equal(await isPassword(accounts, email, 'another'), false);
    assert.equal(isDeviceOf('key', await owner(), device), true, 'it is the same password');
    await bring([{ ...row, password_hash: { algorithm: 'md5', hash: md5.replace('46', '47') } }]);
    assert.equal(isDeviceOf('key', await owner(), device), false, 'it is another password');
  });

  it('keeps nothing by which a weak digest could be tried without the key', async () => {
    const email = 'tried@example.com';
    const hash = '46c082be7d7d25c97a70fc69aceee82a';
    const row = { id: 'tried', email, email_verified: true, password_hash: { algorithm: 'md5', hash } };
    await bring([row]);
    const digestOf = async () => (await rows().imports.known(['id:tried'])).get('id:tried')?.digest;
    const read = readPerson(row, [], { fields: BUILT_IN });
    assert.ok('person' in read);
    // What whoever has the database computes for each password that they try.
    assert.notEqual(await digestOf(), read.person.digest);
    assert.deepEqual((await bring([row])).counts, counted({ read: 1, unchanged: 1 }));
    assert.deepEqual((await bring([row], { dryRun: true })).counts, counted({ read: 1, unchanged: 1 }));
    const changed = { ...row, password_hash: { algorithm: 'md5', hash: hash.replace('46', '47') } };
    assert.deepEqual((await bring([changed])).counts, counted({ read: 1, updated: 1 }));
    // Under another key it is a row that has changed, and changes nothing.
    assert.deepEqual((await bring([changed], { dataKeys: OTHER_KEYS })).counts, counted({ read: 1, updated: 1 }));
  });

  it('signs out whoever is blocked there, and makes no claim of an address that was proven here', async () => {
    const row = { id: 'there', email: 'there@example.com', given_name: 'Ada' };
    await bring([row]);
    const [{ id = '' } = {}] = await accounts().findByEmail(row.email);
    await accounts().markEmailVerified(id, row.email);
    await rows().sessions.seen('their session', id, {});
    await bring([{ ...row, given_name: 'Augusta' }]);
    const known = await accounts().find(id);
    assert.deepEqual([known?.givenName, known?.emailVerified], ['Augusta', true]);
    assert.ok(await rows().sessions.find(id, 'their session'));
    await bring([{ ...row, blocked: true }]);
    assert.equal((await accounts().find(id))?.blocked, true);
    assert.equal(await rows().sessions.find(id, 'their session'), undefined);
  });

  it('says of a file that has somebody twice what the import then does', async () => {
    const shared = { issuer: 'https://old.example', subject: 'dry-shared' };
    const file = [
      { id: 'dry1', email: 'dry1@example.com', email_verified: true },
      ...Array.from({ length: 600 }, (_, index) => ({ id: `dry-between-${index}` })),
      { id: 'dry1', email: 'dry1@example.com', email_verified: true, given_name: 'Later' },
      { id: 'dry1', email: 'dry1@example.com', email_verified: true, given_name: 'Later' },
      { id: 'dry2', email: 'DRY1@example.com', email_verified: true },
      { id: 'dry3', identities: [shared] },
      { id: 'dry4', identities: [shared] },
      { id: 'dry3', identities: [shared], given_name: 'Ada' },
      { id: 'dry5', passkeys: [PASSKEY] },
      { id: 'dry6', passkeys: [PASSKEY] },
    ];
    const dry = await bring(file, { dryRun: true });
    assert.deepEqual(dry.counts, counted({ read: 609, created: 603, updated: 2, unchanged: 1, rejected: 3 }));
    const done = await bring(file);
    assert.deepEqual([dry.counts, dry.reasons, dry.report], [done.counts, done.reasons, done.report]);
  });

  it('keeps what its person has changed here, and says so', async () => {
    const row = { id: 'changed', email: 'there@changed.example', email_verified: true, given_name: 'Ada' };
    await bring([row]);
    const { id = '' } = (await accounts().findVerified(row.email)) ?? {};
    await accounts().changeEmail(id, 'here@changed.example');
    const later = { ...row, email: 'later@changed.example', given_name: 'Augusta' };
    for (const dryRun of [true, false]) {
      const { counts, left, report } = await bring([later], { dryRun });
      assert.deepEqual([counts.updated, left], [1, ['1: email: changed here']]);
      assert.deepEqual(report.leftAlone, { 'email: changed here': 1 });
    }
    const account = await accounts().find(id);
    assert.deepEqual([account?.email, account?.givenName], ['here@changed.example', 'Augusta']);
  });

  it('says of somebody known whose new identity or passkey opens another account that it was left out', async () => {
    const identity = { issuer: 'https://old.example', subject: 'of-another' };
    const passkeys = [{ ...PASSKEY, credential_id: 'b2YtYW5vdGhlcg' }];
    await bring([{ id: 'o1', identities: [identity], passkeys }, { id: 'o2' }]);
    const { counts, left } = await bring([{ id: 'o2', identities: [identity], passkeys }]);
    assert.deepEqual(
      [counts.updated, left],
      [1, ['1: identities: opens another account', '1: passkeys: opens another account']],
    );
  });

  it('does not bring back people who were erased here, unless it is told to', async () => {
    const row = { id: 'erased', email: 'erased@example.com', email_verified: true };
    await bring([row]);
    const { id = '' } = (await accounts().findVerified(row.email)) ?? {};
    await rows().accountDeletion.request(id, new Date());
    await rows().accountDeletion.erase(id);
    for (const dryRun of [true, false])
      assert.deepEqual((await bring([row], { dryRun })).reasons, [
        '1: was deleted here since; --again brings them all the same',
      ]);
    assert.deepEqual((await bring([row], { again: true })).counts, counted({ read: 1, created: 1 }));
    assert.deepEqual((await bring([{ ...row, given_name: 'Ada' }])).counts, counted({ read: 1, updated: 1 }));
  });

  it('brings what belongs to people: their passkeys, authenticator app, agreements and roles', async () => {
    const shop = await registerShop(context.storage);
    const totp = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    const row = {
      ...{ id: 'owns', totp, passkeys: [{ ...PASSKEY, credential_id: 'b3du' }], last_seen_at: '2025-01-01T00:00:00Z' },
      consents: [{ client_id: shop.clientId, fields: ['email', 'name'], granted_at: '2024-01-01T00:00:00Z' }],
      roles: [{ app_id: shop.appId, role: 'owner' }],
    };
    assert.deepEqual((await bring([row])).reasons, []);
    const { accountId = '' } = (await rows().imports.known(['id:owns'])).get('id:owns') ?? {};
    const [passkey] = await rows().passkeys.list(accountId);
    assert.deepEqual([passkey?.userHandle, passkey?.name], [Buffer.from('owns').toString('base64url'), 'Passkey']);
    const authenticator = (await rows().authenticators.find(accountId, 'active')) ?? assert.fail();
    assert.doesNotMatch(authenticator.secret, new RegExp(totp, 'i'));
    assert.equal(await openSecret({ dataKeys: KEYS }, authenticator), totp);
    const { payload = {} } = (await rows().grants.findFor(shop.clientId, accountId)) ?? {};
    assert.deepEqual([...priorConsent(payload).granted].sort(), claimsOf(['email', 'name']).toSorted());
    assert.equal(await context.storage.appMembers.findRole(shop.appId, accountId), 'owner');
    const noted = await context.storage.auditLog.list({ act: 'member.added', subject: `app:${shop.appId}` });
    assert.deepEqual(noted[0]?.detail?.['account'], accountId);
    assert.deepEqual((await bring([row])).counts, counted({ read: 1, unchanged: 1 }));
  });

  it('refuses belongings that would not work here', async () => {
    const { clientId, appId } = await registerShop(context.storage);
    const consent = { client_id: clientId, fields: ['email'] };
    const rows = [
      { passkeys: [{ ...PASSKEY, rp_id: 'login.old.example' }] },
      { passkeys: [{ ...PASSKEY, public_key: 'cHVibGlj' }] },
      { passkeys: [PASSKEY, PASSKEY] },
      { passkeys: [{ ...PASSKEY, private_key: 'x' }] },
      { totp: 'otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&digits=8' },
      { consents: [{ ...consent, client_id: 'nobody' }] },
      { consents: [{ ...consent, fields: ['birthdate'] }] },
      { consents: [{ ...consent, fields: ['everything'] }] },
      { consents: [consent, consent] },
      { roles: [{ app_id: 'nobody', role: 'owner' }] },
      { roles: [{ app_id: appId, role: 'king' }] },
    ].map((row, index) => ({ id: `wrong-${index}`, ...row }));
    const { reasons, report } = await bring(rows);
    assert.deepEqual(
      // Those that cannot be read are rejected before those that can.
      reasons
        .map((reason) => reason.replaceAll(clientId, 'CLIENT'))
        .sort((one, other) => Number.parseInt(one, 10) - Number.parseInt(other, 10)),
      [
        '1: passkeys: made for login.old.example, and this platform is id.example',
        '2: passkeys.0.public_key: is no COSE key of Ed25519, ECDSA on P-256 or RSA',
        '3: passkeys: names one twice',
        '4: passkeys.0.private_key: not known; the keys are those that the guide to imports lists',
        '5: totp: makes other codes than those of six digits, by SHA-1, every 30 seconds',
        '6: consents: no app of this realm has the client_id nobody',
        '7: consents: CLIENT does not ask for birthdate',
        `8: consents.0.fields.0: Invalid option: expected one of ${FIELDS.map((field) => `"${field}"`).join('|')}`,
        '9: consents: names an app twice',
        '10: roles: there is no app nobody',
        '11: roles.0.role: Invalid option: expected one of "read-only"|"developer"|"owner"',
      ],
    );
    assert.equal(report.rejectedByReason['roles: unknown app'], 1);
    const sandbox = await bring([{ id: 'sandbox', roles: [{ app_id: appId, role: 'owner' }] }], { realm: 'sandbox' });
    assert.match(sandbox.reasons[0] ?? '', /people of production work on apps/);
    const none = new DataKeys(async () => [], { isAvailable: false });
    const secret = { id: 'no-key', totp: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' };
    assert.match((await bring([secret], { dataKeys: none })).reasons[0] ?? '', /needs the setting DATA_KEY/);
  });

  it('counts what it has met, by kind, and no more kinds than there are mistakes', async () => {
    const wrong = Array.from({ length: 80 }, (_, index) => ({ id: `kind-${index}`, [`key${index}`]: 1 }));
    const { report } = await bring([{ id: 'k1', password_hash: BCRYPT }, { id: 'k2' }, ...wrong]);
    assert.deepEqual(report.passwords, { bcrypt: 1, none: 1 });
    assert.equal(Object.keys(report.rejectedByReason).length, 51);
    assert.equal(report.rejectedByReason['other reasons'], 30);
  });

  it('changes no password that was used here since', async () => {
    const row = { id: 'used', email: 'used@example.com', email_verified: true, password_hash: BCRYPT };
    await bring([row]);
    const { id = '' } = (await accounts().findVerified('used@example.com')) ?? {};
    await accounts().setPasswordHash(id, 'of our own');
    await bring([{ ...row, password_hash: BCRYPT.replace('84R1', '94R1') }]);
    assert.equal((await accounts().find(id))?.passwordHash, 'of our own');
  });
});

const EXPECTED_REASONS: readonly string[] = [
  '1: emial: not known; the keys are those that the guide to imports lists',
  '2: needs an id or an email',
  '3: email: is no email address',
  '4: email_verified without an email',
  '5: password_hash is no hash of a known form',
  '6: password_hash.algorithm must be one of argon2, bcrypt, phpass, wordpress, aspnet-identity, pbkdf2-sha1, pbkdf2-sha256, pbkdf2-sha384, pbkdf2-sha512, scrypt, firebase-scrypt, md5, sha1, sha256, sha512',
  '7: birthdate: is no date of birth as 1990-05-17',
  '8: address.planet: not known; the keys are those that the guide to imports lists',
  '9: given_name: has characters that no name or address has',
  '10: given_name: has characters that no name or address has',
  '11: created_at: is in the future',
  '12: created_at: Invalid ISO datetime',
  '13: blocked: is neither true nor false',
  '14: identities: no upstream of this realm has the issuer https://elsewhere.example',
  '15: phone_number: is no phone number with its country code',
  '17: id: has control characters',
  '18: claims.loyalty_number: not known; the keys are those that the guide to imports lists',
  '19: Invalid input: expected object, received string',
  '20: Invalid input: expected object, received null',
  '21: Invalid input: expected object, received array',
  '22: id: Too big: expected string to have <=200 characters',
  '23: __proto__: not known; the keys are those that the guide to imports lists',
];
