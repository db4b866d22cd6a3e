import assert from 'node:assert/strict';
import { it } from 'node:test';
import { GrantExistsError } from '../grants.ts';
import { randomId } from '../ids.ts';
import { onEachEngine } from './engines.ts';
import { atOnce, registerShop, signUp, storageOf } from './fixtures.ts';

onEachEngine('grants', (context) => {
  const grants = () => context.storage.realm('production').grants;
  const newGrant = async () => ({
    id: randomId(),
    clientId: (await registerShop(context.storage)).clientId,
    accountId: (await signUp(context.storage)).id,
    payload: { openid: { claims: ['email'] } } as Record<string, unknown>,
  });

  it('is found by its id and by whom it binds', async () => {
    const grant = await newGrant();
    await grants().create(grant);
    assert.deepEqual(await grants().find(grant.id), grant);
    assert.deepEqual(await grants().findFor(grant.clientId, grant.accountId), grant);
    assert.equal(await grants().find('unknown'), undefined);
    assert.equal(await grants().findFor(grant.clientId, 'nobody'), undefined);
  });

  it('grows in place when more is agreed to', async () => {
    const grant = await newGrant();
    await grants().create(grant);
    const payload = { openid: { claims: ['email', 'address'] } };
    assert.equal(await grants().replace(grant, payload), true);
    assert.deepEqual(await grants().find(grant.id), { ...grant, payload });
  });

  it('does not grow when it has changed meanwhile, nor comes back when it is gone', async () => {
    const grant = await newGrant();
    const { connectedShops } = context.elsewhere.storage.realm('production');
    await grants().create(grant);
    const known = (await grants().find(grant.id)) ?? assert.fail();
    await connectedShops.changeGrant(grant.accountId, grant.clientId, () => ({ rejected: { openid: {} } }));
    assert.equal(await grants().replace(known, { stale: true }), false);
    assert.deepEqual((await grants().find(grant.id))?.payload, { rejected: { openid: {} } });
    const later = (await grants().find(grant.id)) ?? assert.fail();
    assert.equal(await connectedShops.disconnect(grant.accountId, grant.clientId), true);
    assert.equal(await grants().replace(later, { stale: true }), false);
    assert.equal(await grants().findFor(grant.clientId, grant.accountId), undefined);
    assert.equal(await context.storage.realm('sandbox').grants.replace(later, {}), false);
  });

  it('is at most one for an account and an app', async () => {
    const grant = await newGrant();
    await grants().create(grant);
    const later = { ...grant, id: randomId(), payload: { rejected: {} } };
    await assert.rejects(grants().create(later), GrantExistsError);
    assert.deepEqual(await grants().findFor(grant.clientId, grant.accountId), grant);
  });

  it('is one of those that were made at the same moment, whole', async () => {
    const grant = await newGrant();
    const versions = Array.from({ length: 10 }, (_, version) => ({ ...grant, id: randomId(), payload: { version } }));
    const made = await atOnce(10, async (index) => {
      const storage = index % 2 ? context.elsewhere.storage : context.storage;
      const version = versions[index] ?? assert.fail();
      return storage
        .realm('production')
        .grants.create(version)
        .then(
          () => version,
          (error) => void assert.ok(error instanceof GrantExistsError),
        );
    });
    const kept = made.filter((version) => version !== undefined);
    assert.equal(kept.length, 1);
    assert.deepEqual(await grants().findFor(grant.clientId, grant.accountId), kept[0]);
  });

  it('takes one of the changes that were made of it at the same moment', async () => {
    const grant = await newGrant();
    await grants().create(grant);
    const results = await atOnce(8, (version) =>
      storageOf(context, version).realm('production').grants.replace(grant, { version }),
    );
    assert.equal(results.filter(Boolean).length, 1);
    assert.deepEqual((await grants().find(grant.id))?.payload, { version: results.indexOf(true) });
  });

  it('ends when it is withdrawn, and no other with it', async () => {
    const [grant, other] = [await newGrant(), await newGrant()];
    await grants().create(grant);
    await grants().create(other);
    await grants().delete(grant.id);
    assert.equal(await grants().find(grant.id), undefined);
    assert.equal(await grants().findFor(grant.clientId, grant.accountId), undefined);
    assert.deepEqual(await grants().find(other.id), other);
    await grants().delete('unknown');
  });
});
