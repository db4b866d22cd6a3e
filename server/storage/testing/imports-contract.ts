import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { randomId } from '../ids.ts';
import { NO_BELONGINGS } from '../imported-belongings.ts';
import type { Belongings, ImportedPerson } from '../imports.ts';
import { onEachEngine } from './engines.ts';
import { registerShop, signUp } from './fixtures.ts';

const ISSUER = 'https://old.example';

onEachEngine('imports', (context) => {
  const rows = () => context.storage.realm('production');
  const person = (key: string, more: Partial<ImportedPerson> = {}): ImportedPerson => ({
    id: randomId(),
    key,
    digest: `digest of ${key}`,
    account: { email: `${key.replace(/\W/g, '')}@example.com`, emailVerified: true, givenName: 'Ada' },
    belongings: NO_BELONGINGS,
    ...more,
  });
  const create = async (...people: ImportedPerson[]) => {
    const id = await rows().imports.begin(`file ${randomId()}`);
    await rows().imports.create(id, people);
    const known = await rows().imports.known(people.map(({ key }) => key));
    return { id, accountIds: people.map(({ key }) => known.get(key)?.accountId ?? '') };
  };

  /** As the next import does, whose row of this key says something else. */
  const update = async (key: string, more: Partial<ImportedPerson>, importId = randomId()) => {
    const { imports } = rows();
    const before = (await imports.known([key])).get(key) ?? assert.fail(`${key} is not known`);
    const present = (await imports.present([before.accountId])).get(before.accountId) ?? assert.fail();
    await imports.update(importId, { ...person(key, { id: before.accountId }), ...more }, before, present);
  };

  it('go on under the same id when they were cut off, and begin anew when they had finished', async () => {
    const { imports } = rows();
    const id = await imports.begin('people.ndjson');
    assert.equal(await imports.begin('people.ndjson'), id);
    assert.notEqual(await imports.begin('others.ndjson'), id);
    assert.notEqual(await context.storage.realm('sandbox').imports.begin('people.ndjson'), id);
    await imports.count(id, { created: 2, updated: 1 });
    await imports.count(id, { created: 3, updated: 0 });
    await imports.finish(id);
    assert.notEqual(await imports.begin('people.ndjson'), id);
    const found = await imports.find(id);
    assert.deepEqual([found?.source, found?.created, found?.updated], ['people.ndjson', 5, 1]);
    assert.ok(found?.finishedAt);
    assert.deepEqual(
      (await imports.list(100)).find((each) => each.id === id),
      found,
    );
    assert.equal(await context.storage.realm('sandbox').imports.find(id), undefined);
  });

  it('create accounts that say what their rows say', async () => {
    const given: ImportedPerson = {
      ...person('id:whole'),
      account: {
        ...{ email: 'Whole@example.com', emailVerified: true, blocked: true, givenName: 'Zoë', locale: 'nl' },
        ...{ phoneNumber: '+31201234567', address: { locality: 'Amsterdam' }, birthdate: '1990-05-17' },
        foreignPassword: { kept: '{"form":"bcrypt"}', cost: 50 },
      },
      createdAt: new Date(1_500_000_000_000),
      verifiedPhoneNumber: '+31201234567',
      belongings: {
        ...NO_BELONGINGS,
        identities: [{ issuer: ISSUER, subject: 'whole', upstream: 'old', email: 'there@example.com' }],
      },
    };
    const [accountId = ''] = (await create(given, person('id:bare', { account: {} }))).accountIds;
    const {
      id,
      updatedAt,
      passwordHash,
      createdAt,
      signOutCount: _,
      ...rest
    } = (await rows().accounts.find(accountId)) ?? assert.fail();
    const { foreignPassword, ...account } = given.account;
    assert.deepEqual(rest, { ...account, verifiedPhoneNumber: given.verifiedPhoneNumber });
    assert.equal(passwordHash, foreignPassword?.kept);
    assert.equal(createdAt.getTime(), 1_500_000_000_000);
    assert.equal((await rows().accounts.findVerified('whole@example.com'))?.id, id);
    assert.equal((await rows().identities.use({ issuer: ISSUER, subject: 'whole' }))?.accountId, id);
    assert.ok(updatedAt);
    assert.equal(await context.storage.realm('sandbox').accounts.find(id), undefined);
  });

  it('clear a verified phone number when the number changes, and not when anything else does', async () => {
    const [id = ''] = (
      await create({
        ...person('id:phone'),
        account: { phoneNumber: '+31201234567' },
        verifiedPhoneNumber: '+31201234567',
      })
    ).accountIds;
    const { accounts } = rows();
    const verified = async () => (await accounts.find(id))?.verifiedPhoneNumber;
    await accounts.updateProfile(id, { phoneNumber: '+31201234567', givenName: 'Ada' });
    assert.equal(await verified(), '+31201234567');
    await update('id:phone', { account: { phoneNumber: '+31201234567' } });
    assert.equal(await verified(), '+31201234567');
    for (const phoneNumber of ['+31201234568', null]) {
      await accounts.updateProfile(id, { phoneNumber: '+31201234567', verifiedPhoneNumber: '+31201234567' });
      await accounts.updateProfile(id, { phoneNumber });
      // The number before has been given to somebody else, perhaps.
      await accounts.updateProfile(id, { phoneNumber: '+31201234567' });
      assert.equal(await verified(), undefined);
    }
    const known = { phoneNumber: '+31201234567' };
    await update('id:phone', { account: known, verifiedPhoneNumber: known.phoneNumber });
    assert.equal(await verified(), '+31201234567');
    await update('id:phone', { account: known, verifiedPhoneNumber: null });
    assert.equal(await verified(), undefined);
  });

  it('leave alone an own field that its person has changed here, and change the others', async () => {
    const brought = { account: { ownClaims: { loyalty_number: '88', company: 'Loom' } } };
    const [id = ''] = (await create(person('id:fields', brought))).accountIds;
    const { accounts } = rows();
    const ownClaims = async () => (await accounts.find(id))?.ownClaims;
    await accounts.updateProfile(id, { ownClaims: { company: 'Engine' } });
    await update('id:fields', { account: { ownClaims: { loyalty_number: '99', company: 'Mill', vat_id: 'X1' } } });
    assert.deepEqual(await ownClaims(), { loyalty_number: '99', company: 'Engine', vat_id: 'X1' });
  });

  it('know whose addresses and identities there are', async () => {
    const { imports } = rows();
    const owner = await signUp(context.storage, { email: 'Owner@example.com', emailVerified: true });
    await signUp(context.storage, { email: 'claimed@example.com' });
    const keys = ['owner@example.com', 'claimed@example.com', 'nobody@example.com'];
    assert.deepEqual([...(await imports.verified(keys))], [['owner@example.com', owner.id]]);
    assert.deepEqual([...(await imports.verified([]))], []);
    const { accountIds } = await create(
      person('id:known', {
        belongings: { ...NO_BELONGINGS, identities: [{ issuer: ISSUER, subject: 'known', upstream: 'old' }] },
      }),
    );
    const asked = [
      { issuer: ISSUER, subject: 'known' },
      { issuer: ISSUER, subject: 'unknown' },
      { issuer: 'https://other.example', subject: 'known' },
    ];
    assert.deepEqual([...(await imports.identified(asked))], [[`${ISSUER} known`, accountIds[0]]]);
    assert.deepEqual([...(await imports.identified([]))], []);
    assert.deepEqual([...(await context.storage.realm('sandbox').imports.known(['id:known']))], []);
  });

  it('bring an account up to date, and leave alone what the row does not say and a password that was used', async () => {
    const [first = '', second = ''] = (await create(person('id:u1'), person('id:u2'))).accountIds;
    await rows().accounts.setPasswordHash(second, 'of our own');
    for (const key of ['id:u1', 'id:u2'])
      await update(key, {
        digest: 'later',
        account: { familyName: 'Lovelace', foreignPassword: { kept: '{"later":1}', cost: 1 } },
        belongings: { ...NO_BELONGINGS, identities: [{ issuer: ISSUER, subject: key, upstream: 'old' }] },
      });
    const [one, other] = [await rows().accounts.find(first), await rows().accounts.find(second)];
    assert.deepEqual(
      [one?.givenName, one?.familyName, one?.email, one?.emailVerified],
      ['Ada', 'Lovelace', 'idu1@example.com', true],
    );
    assert.deepEqual([one?.passwordHash, other?.passwordHash], ['{"later":1}', 'of our own']);
    assert.equal((await rows().imports.known(['id:u1'])).get('id:u1')?.digest, 'later');
    assert.equal((await rows().identities.list(first)).length, 1);
    for (const emailVerified of [false, true, false]) {
      await update('id:u1', { account: { email: 'IDU1@example.com', emailVerified } });
      assert.equal((await rows().accounts.find(first))?.emailVerified, true, 'proven, it stays so');
    }
    await update('id:u1', { account: { email: 'moved@example.com', emailVerified: false, blocked: true } });
    const moved = await rows().accounts.find(first);
    assert.deepEqual([moved?.email, moved?.emailVerified, moved?.blocked], ['moved@example.com', false, true]);
    await update('id:u1', { account: { blocked: false } });
    assert.equal((await rows().accounts.find(first))?.blocked, false);
  });

  it('leave alone what its person has changed here, and a block that was made here', async () => {
    const { accounts } = rows();
    const address = { locality: 'Amsterdam' };
    const [id = ''] = (
      await create(
        person('id:own', { account: { email: 'a@own.example', emailVerified: true, givenName: 'Ada', address } }),
      )
    ).accountIds;
    await accounts.updateProfile(id, { givenName: 'Augusta', address: null, birthdate: '1815-12-10' });
    await accounts.changeEmail(id, 'b@own.example');
    await accounts.setBlocked(id, true);
    const theirs = { givenName: 'A.', address: { locality: 'Haarlem' }, birthdate: '1900-01-01', blocked: false };
    await update('id:own', { account: { email: 'c@own.example', emailVerified: true, familyName: 'King', ...theirs } });
    const read = async () => (await accounts.find(id)) ?? assert.fail();
    const { givenName, familyName, email, emailVerified, birthdate, blocked, ...more } = await read();
    assert.deepEqual(
      [givenName, familyName, email, emailVerified, birthdate, blocked, more.address],
      ['Augusta', 'King', 'b@own.example', true, '1815-12-10', true, undefined],
    );
    // Changed back to what the other system says, it is that system's again.
    await accounts.changeEmail(id, 'c@own.example');
    await update('id:own', { account: { email: 'd@own.example', emailVerified: true } });
    assert.equal((await read()).email, 'd@own.example');
  });

  it('bring passkeys, an authenticator app, consents and roles, each once', async () => {
    const { grants, users, passkeys, authenticators } = rows();
    const { appMembers } = context.storage;
    const shop = await registerShop(context.storage);
    const passkey = { credentialId: randomId(), publicKey: 'cHVibGlj', counter: 7, transports: ['usb'], name: 'Key' };
    const grantedAt = new Date(1_500_000_000_000);
    const belongings: Belongings = {
      identities: [{ issuer: ISSUER, subject: 'once', upstream: 'old' }],
      passkeys: [{ ...passkey, userHandle: 'aGFuZGxl', createdAt: grantedAt }],
      authenticator: { id: randomId(), secret: 'sealed' },
      consents: [{ clientId: shop.clientId, fields: ['email'], userId: 'v-1', agreed: { openid: {} }, grantedAt }],
      roles: [{ appId: shop.appId, role: 'developer' }],
    };
    const [id = ''] = (await create(person('id:once', { belongings }))).accountIds;
    const [kept] = await passkeys.list(id);
    const times = { createdAt: grantedAt, accountId: id, synced: false };
    assert.deepEqual(kept, { ...passkey, ...times, userHandle: 'aGFuZGxl' });
    assert.equal((await rows().imports.passkeyOwners([passkey.credentialId])).get(passkey.credentialId), id);
    assert.equal((await authenticators.find(id, 'active'))?.secret, 'sealed');
    const grant = await grants.findFor(shop.clientId, id);
    assert.deepEqual(grant?.payload, {
      ...{ iat: 1_500_000_000, accountId: id, clientId: shop.clientId, openid: {}, kind: 'Grant', jti: grant?.id },
    });
    assert.equal((await users.findByAccount(shop.clientId, id))?.externalId, 'v-1');
    assert.equal(await appMembers.findRole(shop.appId, id), 'developer');

    // All of it goes, and does not come back with a row that says something else besides.
    const [identity] = await rows().identities.list(id);
    await rows().identities.remove(id, identity?.id ?? '');
    await passkeys.remove(id, passkey.credentialId);
    await authenticators.remove(id);
    await rows().connectedShops.disconnect(id, shop.clientId);
    await appMembers.remove(shop.appId, id);
    const more = { ...passkey, credentialId: randomId(), userHandle: 'aGFuZGxl' };
    await update('id:once', {
      digest: 'later',
      belongings: { ...belongings, passkeys: [...belongings.passkeys, more] },
    });
    assert.deepEqual(
      (await passkeys.list(id)).map(({ credentialId }) => credentialId),
      [more.credentialId],
    );
    assert.equal(await authenticators.find(id, 'active'), undefined);
    assert.equal(await grants.findFor(shop.clientId, id), undefined);
    assert.equal(await appMembers.findRole(shop.appId, id), undefined);
    assert.deepEqual(await rows().identities.list(id), []);
  });

  it('do not bring a consent of an app that knows the person, who has withdrawn another one', async () => {
    const shop = await registerShop(context.storage);
    const [id = ''] = (await create(person('id:withdrawn'))).accountIds;
    await rows().users.ensure(shop.clientId, id);
    const consents = [{ clientId: shop.clientId, fields: [], agreed: {} }];
    await update('id:withdrawn', { belongings: { ...NO_BELONGINGS, consents } });
    assert.equal(await rows().grants.findFor(shop.clientId, id), undefined);
  });

  it('leave a mark of people who were erased, and of nobody who was taken back', async () => {
    const { imports, accountDeletion } = rows();
    const keys = ['id:erased', 'id:taken-back'];
    const { id, accountIds } = await create(...keys.map((key) => person(key)));
    assert.deepEqual(await imports.erased(keys), new Set());
    await accountDeletion.request(accountIds[0] ?? '', new Date());
    assert.ok(await accountDeletion.erase(accountIds[0] ?? ''));
    assert.equal(await imports.deleteUnused(id), 1);
    assert.deepEqual(await imports.erased(keys), new Set(['id:erased']));
    assert.deepEqual(await context.storage.realm('sandbox').imports.erased(keys), new Set());
    await imports.forgetErased(keys);
    assert.deepEqual(await imports.erased(keys), new Set());
  });

  it('are not taken back of people whom a later import has changed, or who use what was brought', async () => {
    const shop = await registerShop(context.storage);
    const passkeyOf = (name: string) => ({ credentialId: `undo-${name}-${randomId()}`, publicKey: 'cA', counter: 0 });
    const all = (name: string): Belongings => ({
      ...NO_BELONGINGS,
      passkeys: [{ ...passkeyOf(name), transports: [], name, userHandle: 'aA' }],
      authenticator: { id: randomId(), secret: 'sealed' },
      consents: [{ clientId: shop.clientId, fields: [], agreed: {} }],
    });
    const names = ['nothing', 'later', 'passkey', 'code', 'app', 'added'];
    const { id, accountIds } = await create(
      ...names.map((name) => person(`id:using-${name}`, { belongings: all(name) })),
    );
    const [nothing, , passkey = '', code = '', app = '', added = ''] = accountIds;
    await update('id:using-later', { digest: 'later' }, (await create(person('id:using-other'))).id);
    // The same import, which was cut off and went on.
    await update('id:using-nothing', { digest: 'later' }, id);
    const [own] = await rows().passkeys.list(passkey);
    await rows().passkeys.use(own?.credentialId ?? '', { counter: 1, synced: false });
    const authenticator = await rows().authenticators.find(code, 'active');
    await rows().authenticators.useStep(code, authenticator?.id ?? '', 1);
    const user = await rows().users.findByAccount(shop.clientId, app);
    await rows().users.markFirstCredential(user?.id ?? '');
    await setTimeout(2);
    await rows().passkeys.create({ ...passkeyOf('new'), transports: [], synced: true, name: 'New', accountId: added });
    assert.equal(await rows().imports.countUnused(id), 1);
    assert.equal(await rows().imports.deleteUnused(id), 1);
    assert.equal(await rows().accounts.find(nothing ?? ''), undefined);
  });

  it('are counted, by what they have brought', async () => {
    const { accountCounts } = rows();
    const before = await accountCounts.states();
    const foreignPassword = { kept: '{"form":"bcrypt","hash":"x"}', cost: 50 };
    const { id } = await create(
      person('id:counted-1', { account: { email: 'counted@example.com', emailVerified: true, foreignPassword } }),
      person('id:counted-2', { account: { blocked: true } }),
    );
    const after = await accountCounts.states();
    const more = Object.entries(after).map(([name, count]) => [name, count - before[name as keyof typeof before]]);
    assert.deepEqual(Object.fromEntries(more), {
      ...{ accounts: 2, verified: 1, blocked: 1, ownPassword: 0, foreignPassword: 1, noPassword: 1 },
    });
    const forms = await accountCounts.foreignForms(['bcrypt', 'phpass']);
    assert.deepEqual([Number(forms['bcrypt']) >= 1, forms['phpass']], [true, 0]);
    const source = (await accountCounts.sources()).find(({ importId }) => importId === id);
    assert.equal(source?.accounts, 2);
    assert.deepEqual(await context.storage.realm('sandbox').accountCounts.sources(), []);
  });

  it('are taken back as far as nobody has used what they created', async () => {
    const ways = ['password', 'session', 'user', 'passkey', 'member', 'browser', 'app', 'identity'];
    const names = ['idle', ...ways, 'idle2'];
    const identitiesOf = (subject: string) => [{ issuer: ISSUER, subject: `undo-${subject}`, upstream: 'old' }];
    const { id, accountIds } = await create(
      ...names.map((name) =>
        person(`id:undo-${name}`, { belongings: { ...NO_BELONGINGS, identities: identitiesOf(name) } }),
      ),
    );
    const [, password = '', session = '', user = '', passkey = '', member = '', browser = '', app = ''] = accountIds;
    const shop = await registerShop(context.storage);
    await rows().accounts.setPasswordHash(password, 'used');
    await rows().users.ensure(shop.clientId, user);
    await context.storage.appMembers.put(shop.appId, member, 'owner');
    const key = { credentialId: randomId(), publicKey: 'cHVibGlj', counter: 0, transports: ['internal'], synced: true };
    await rows().passkeys.create({ ...key, name: 'Laptop', accountId: passkey });
    await rows().sessions.seen(randomId(), session, { userAgent: 'curl' });
    // Somebody came by a mailed code, and their session is long gone.
    await rows().knownBrowsers.seen(browser, randomId());
    const authenticator = { id: randomId(), secret: 'sealed' };
    await rows().authenticators.begin(app, authenticator, 60_000);
    await rows().authenticators.confirm(app, authenticator.id, 1);
    await setTimeout(2);
    await rows().identities.use({ issuer: ISSUER, subject: 'undo-identity' });
    const other = await create(person('id:undo-other'));
    assert.equal(await rows().imports.countUnused(id), 2);
    assert.equal(await context.storage.realm('sandbox').imports.countUnused(id), 0);
    assert.equal(await rows().imports.deleteUnused(id), 2);
    assert.equal(await rows().imports.deleteUnused(id), 0);
    for (const [index, accountId] of accountIds.entries())
      assert.equal(
        (await rows().accounts.find(accountId)) === undefined,
        names[index]?.startsWith('idle'),
        `${names[index]}`,
      );
    assert.equal(await rows().imports.countUnused(other.id), 1);
    // What was taken back can be brought again.
    assert.deepEqual([...(await rows().imports.known(['id:undo-idle']))], []);
  });
});
