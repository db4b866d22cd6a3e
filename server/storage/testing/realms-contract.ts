import assert from 'node:assert/strict';
import { it } from 'node:test';
import { randomId } from '../ids.ts';
import { onEachEngine } from './engines.ts';
import { registerShop, signUp } from './fixtures.ts';

/** Two realms in one database. Whatever is tried through one with everything known of the other has no effect. */
onEachEngine('realms never meet', (context) => {
  const production = () => context.storage.realm('production');
  const sandbox = () => context.storage.realm('sandbox');
  /** A test person and a test app, and what ties them. */
  const inSandbox = async () => ({
    clientId: (await registerShop(context.storage, 'development:sandbox')).clientId,
    account: await signUp(context.storage, { givenName: 'Test' }, 'sandbox'),
  });

  it('knows which realm it is', () => {
    assert.equal(production().realm, 'production');
    assert.equal(sandbox().realm, 'sandbox');
  });

  it('in accounts, though both have the address verified and the same persona', async () => {
    const same = { email: 'same@example.com', emailVerified: true, persona: 'ada' };
    const test = await signUp(context.storage, same, 'sandbox');
    assert.equal(await production().accounts.find(test.id), undefined);
    assert.deepEqual(await production().accounts.findByEmail(same.email), []);
    assert.equal(await production().accounts.findPersona('ada'), undefined);

    const real = await signUp(context.storage, same, 'production');
    assert.equal((await production().accounts.findByEmail(same.email))[0]?.id, real.id);
    assert.equal((await production().accounts.findPersona('ada'))?.id, real.id);
    assert.equal((await sandbox().accounts.findByEmail(same.email))[0]?.id, test.id);

    const claim = await signUp(context.storage, { email: 'claim@example.com', passwordHash: 'old' }, 'sandbox');
    await production().accounts.markEmailVerified(claim.id, 'claim@example.com');
    await production().accounts.updateProfile(claim.id, { givenName: 'Intruder' });
    await production().accounts.setPasswordHash(claim.id, 'new');
    assert.equal(await production().accounts.changeAddresses(claim.id, () => [{ locality: 'Delft' }]), false);
    assert.deepEqual(await sandbox().accounts.find(claim.id), claim);
  });

  it('in e-mail codes, where a failed try does not use the code up', async () => {
    const { account } = await inSandbox();
    const code = await sandbox().emailCodes.create(account.id, 'person@example.com', 60);
    assert.equal(await production().emailCodes.consume(code), undefined);
    assert.equal((await sandbox().emailCodes.consume(code))?.accountId, account.id);
    await assert.rejects(production().emailCodes.create(account.id, 'person@example.com', 60));
  });

  it('in users, which are not made across realms either', async () => {
    const { clientId, account } = await inSandbox();
    const realAccount = await signUp(context.storage);
    const realShop = await registerShop(context.storage);
    await assert.rejects(production().users.ensure(clientId, account.id));
    await assert.rejects(production().users.ensure(clientId, realAccount.id));
    await assert.rejects(production().users.ensure(realShop.clientId, account.id));

    const user = await sandbox().users.ensure(clientId, account.id);
    assert.equal(await production().users.findByAccount(clientId, account.id), undefined);
    assert.equal(await production().users.markFirstCredential(user.id), false);
    assert.equal(await sandbox().users.markFirstCredential(user.id), true);
  });

  it('in grants', async () => {
    const { clientId, account } = await inSandbox();
    const grant = { id: randomId(), clientId, accountId: account.id, payload: { openid: { scope: 'openid' } } };
    await sandbox().grants.create(grant);
    assert.equal(await production().grants.find(grant.id), undefined);
    assert.equal(await production().grants.findFor(clientId, account.id), undefined);
    await production().grants.delete(grant.id);
    await assert.rejects(production().grants.create({ ...grant, payload: { intruder: true } }));
    await assert.rejects(production().grants.create({ ...grant, id: randomId(), payload: { intruder: true } }));
    assert.deepEqual(await sandbox().grants.find(grant.id), grant);

    const realAccount = await signUp(context.storage);
    await assert.rejects(production().grants.create({ ...grant, id: randomId(), accountId: realAccount.id }));
  });

  it('in protocol records, though model, id, uid and grant are the same', async () => {
    const [id, uid, grantId] = [randomId(), randomId(), randomId()];
    await sandbox().oidcRecords.save('Session', id, { uid, grantId, realm: 'sandbox' }, 60);
    assert.equal(await production().oidcRecords.find('Session', id), undefined);
    assert.equal(await production().oidcRecords.findByUid('Session', uid), undefined);
    assert.equal(await production().oidcRecords.consume('Session', id), false);

    await production().oidcRecords.save('Session', id, { uid, grantId, realm: 'production' }, 60);
    for (const { realm, oidcRecords } of [production(), sandbox()]) {
      assert.equal((await oidcRecords.find('Session', id))?.payload['realm'], realm);
      assert.equal((await oidcRecords.findByUid('Session', uid))?.payload['realm'], realm);
    }
    assert.equal(await production().oidcRecords.consume('Session', id), true);
    assert.equal((await sandbox().oidcRecords.find('Session', id))?.consumedAt, undefined);
    await production().oidcRecords.deleteByGrant('Session', grantId);
    assert.ok(await sandbox().oidcRecords.find('Session', id));
    await production().oidcRecords.delete('Session', id);
    assert.ok(await sandbox().oidcRecords.find('Session', id));
  });

  it('in signing keys: each has an active one of its own', async () => {
    await sandbox().signingKeys.addFirst({ kid: 'sandbox-key', kty: 'EC', alg: 'ES256' });
    assert.deepEqual(await production().signingKeys.list(), []);
    await production().signingKeys.addFirst({ kid: 'production-key', kty: 'EC', alg: 'ES256' });
    for (const realm of [production(), sandbox()]) {
      assert.deepEqual(
        (await realm.signingKeys.list()).map(({ kid }) => kid),
        [`${realm.realm}-key`],
      );
    }
  });

  it('in apps: the environment decides the realm, and its keys follow', async () => {
    for (const [environment, realm] of [
      ['localhost', 'sandbox'],
      ['development:sandbox', 'sandbox'],
      ['production', 'production'],
    ] as const) {
      const { clientId } = await registerShop(context.storage, environment);
      assert.equal((await context.storage.appEnvironments.findByClientId(clientId))?.realm, realm);
      const keys = await context.database.db
        .selectFrom('api_keys')
        .select('realm')
        .where('client_id', '=', clientId)
        .execute();
      assert.deepEqual(
        keys.map((key) => key.realm),
        [realm],
      );
    }
  });
});
