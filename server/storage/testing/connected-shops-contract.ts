import assert from 'node:assert/strict';
import { it } from 'node:test';
import { randomId } from '../ids.ts';
import { onEachEngine } from './engines.ts';
import { atOnce, registerShop, signUp, storageOf } from './fixtures.ts';

onEachEngine('connected shops', (context) => {
  const realm = () => context.storage.realm('production');
  const shops = () => realm().connectedShops;

  async function connected(accountId?: string) {
    const { clientId } = await registerShop(context.storage);
    const account = accountId ?? (await signUp(context.storage)).id;
    const user = await realm().users.ensure(clientId, account);
    const grant = { id: randomId(), clientId, accountId: account, payload: { version: 0 } };
    await realm().grants.create(grant);
    return { clientId, accountId: account, userId: user.id, grantId: grant.id };
  }

  it('are those with a consent, as they describe themselves', async () => {
    const one = await connected();
    const { accountId } = one;
    await realm().users.ensure((await registerShop(context.storage)).clientId, accountId);
    const [shop, ...others] = await shops().list(accountId);
    assert.equal(others.length, 0, 'a user without consent is no connection');
    assert.deepEqual(
      [shop?.clientId, shop?.userId, shop?.name, shop?.grant],
      [one.clientId, one.userId, 'Marten Books', { version: 0 }],
    );
    assert.deepEqual(await shops().find(accountId, one.clientId), shop);
    assert.equal(await shops().find(accountId, 'unknown'), undefined);
    assert.equal(await shops().find((await signUp(context.storage)).id, one.clientId), undefined);
  });

  it('lose codes and tokens with the consent, of that consent only, and keep the user', async () => {
    const one = await connected();
    const other = await connected(one.accountId);
    const { oidcRecords } = realm();
    for (const { grantId } of [one, other]) {
      for (const model of ['AccessToken', 'RefreshToken', 'AuthorizationCode', 'Interaction'])
        await oidcRecords.save(model, `${model} ${grantId}`, { grantId }, 60);
    }
    assert.equal(await shops().disconnect(one.accountId, one.clientId), true);
    assert.equal(await shops().disconnect(one.accountId, one.clientId), false);
    const left = async (model: string, { grantId }: typeof one) =>
      (await oidcRecords.find(model, `${model} ${grantId}`)) !== undefined;
    for (const model of ['AccessToken', 'RefreshToken', 'AuthorizationCode']) {
      assert.deepEqual([await left(model, one), await left(model, other)], [false, true], model);
    }
    assert.equal(await left('Interaction', one), true, 'a popup that is open goes on');
    assert.equal((await realm().users.findByAccount(one.clientId, one.accountId))?.id, one.userId);
    assert.deepEqual(
      (await shops().list(one.accountId)).map(({ clientId }) => clientId),
      [other.clientId],
    );
    assert.deepEqual(await shops().disconnectAll(one.accountId), [other.clientId]);
    assert.deepEqual(await shops().disconnectAll(one.accountId), []);
  });

  it('are disconnected by one of several at the same moment', async () => {
    const { accountId, clientId } = await connected();
    const results = await atOnce(8, (index) =>
      storageOf(context, index).realm('production').connectedShops.disconnect(accountId, clientId),
    );
    assert.equal(results.filter(Boolean).length, 1);
  });

  it('keep each of several changes at the same moment', async () => {
    const { accountId, clientId } = await connected();
    const results = await atOnce(8, (index) =>
      storageOf(context, index)
        .realm('production')
        .connectedShops.changeGrant(accountId, clientId, ({ version }) => ({ version: Number(version) + 1 })),
    );
    assert.ok(results.every(Boolean));
    assert.deepEqual((await shops().find(accountId, clientId))?.grant, { version: 8 });
    assert.equal(await shops().changeGrant(accountId, clientId, () => undefined), false);
    assert.equal(await shops().changeGrant(accountId, 'unknown', (grant) => grant), false);
  });

  it('stay within the realm', async () => {
    const { accountId, clientId } = await connected();
    const sandbox = context.storage.realm('sandbox').connectedShops;
    assert.deepEqual(await sandbox.list(accountId), []);
    assert.equal(await sandbox.disconnect(accountId, clientId), false);
    assert.deepEqual(await sandbox.disconnectAll(accountId), []);
    assert.equal(await sandbox.changeGrant(accountId, clientId, () => ({})), false);
    assert.ok(await shops().find(accountId, clientId));
  });
});
