import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { randomId } from '../ids.ts';
import type { ImportedPerson } from '../imports.ts';
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
    identities: [],
    ...more,
  });
  const create = async (...people: ImportedPerson[]) => {
    const id = await rows().imports.begin(`file ${randomId()}`);
    await rows().imports.create(id, people);
    const known = await rows().imports.known(people.map(({ key }) => key));
    return { id, accountIds: people.map(({ key }) => known.get(key)?.accountId ?? '') };
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
      identities: [{ issuer: ISSUER, subject: 'whole', upstream: 'old', email: 'there@example.com' }],
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
    const { accounts, imports } = rows();
    const verified = async () => (await accounts.find(id))?.verifiedPhoneNumber;
    await accounts.updateProfile(id, { phoneNumber: '+31201234567', givenName: 'Ada' });
    assert.equal(await verified(), '+31201234567');
    await imports.update({ ...person('id:phone', { id }), account: { phoneNumber: '+31201234567' } });
    assert.equal(await verified(), '+31201234567');
    for (const phoneNumber of ['+31201234568', null]) {
      await accounts.updateProfile(id, { phoneNumber: '+31201234567', verifiedPhoneNumber: '+31201234567' });
      await accounts.updateProfile(id, { phoneNumber });
      // The number before has been given to somebody else, perhaps.
      await accounts.updateProfile(id, { phoneNumber: '+31201234567' });
      assert.equal(await verified(), undefined);
    }
    const known = { phoneNumber: '+31201234567' };
    await imports.update({ ...person('id:phone', { id }), account: known, verifiedPhoneNumber: known.phoneNumber });
    assert.equal(await verified(), '+31201234567');
    await imports.update({ ...person('id:phone', { id }), account: known, verifiedPhoneNumber: null });
    assert.equal(await verified(), undefined);
  });

  it('know whose addresses and identities there are', async () => {
    const { imports } = rows();
    const owner = await signUp(context.storage, { email: 'Owner@example.com', emailVerified: true });
    await signUp(context.storage, { email: 'claimed@example.com' });
    const keys = ['owner@example.com', 'claimed@example.com', 'nobody@example.com'];
    assert.deepEqual([...(await imports.verified(keys))], [['owner@example.com', owner.id]]);
    assert.deepEqual([...(await imports.verified([]))], []);
    await create(person('id:known', { identities: [{ issuer: ISSUER, subject: 'known', upstream: 'old' }] }));
    const asked = [
      { issuer: ISSUER, subject: 'known' },
      { issuer: ISSUER, subject: 'unknown' },
      { issuer: 'https://other.example', subject: 'known' },
    ];
    assert.deepEqual([...(await imports.identified(asked))], [`${ISSUER} known`]);
    assert.deepEqual([...(await imports.identified([]))], []);
    assert.deepEqual([...(await context.storage.realm('sandbox').imports.known(['id:known']))], []);
  });

  it('bring an account up to date, and leave alone what the row does not say and a password that was used', async () => {
    const [first = '', second = ''] = (await create(person('id:u1'), person('id:u2'))).accountIds;
    await rows().accounts.setPasswordHash(second, 'of our own');
    for (const accountId of [first, second])
      await rows().imports.update({
        ...person('id:u', { id: accountId, digest: 'later' }),
        account: { familyName: 'Lovelace', foreignPassword: { kept: '{"later":1}', cost: 1 } },
        identities: [{ issuer: ISSUER, subject: accountId, upstream: 'old' }],
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
      await rows().imports.update({
        ...person('id:u1', { id: first }),
        account: { email: 'IDU1@example.com', emailVerified },
      });
      assert.equal((await rows().accounts.find(first))?.emailVerified, true, 'proven, it stays so');
    }
    await rows().imports.update({
      ...person('id:u1', { id: first }),
      account: { email: 'moved@example.com', emailVerified: false, blocked: true },
    });
    const moved = await rows().accounts.find(first);
    assert.deepEqual([moved?.email, moved?.emailVerified, moved?.blocked], ['moved@example.com', false, true]);
  });

  it('are taken back as far as nobody has used what they created', async () => {
    const ways = ['password', 'session', 'user', 'passkey', 'member', 'browser', 'app', 'identity'];
    const names = ['idle', ...ways, 'idle2'];
    const identitiesOf = (subject: string) => [{ issuer: ISSUER, subject: `undo-${subject}`, upstream: 'old' }];
    const { id, accountIds } = await create(
      ...names.map((name) => person(`id:undo-${name}`, { identities: identitiesOf(name) })),
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
