import assert from 'node:assert/strict';
import { it } from 'node:test';
import { randomId } from '../ids.ts';
import { onEachEngine } from './engines.ts';
import { atOnce, registerShop, signUp } from './fixtures.ts';

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
    await grants().save(grant);
    assert.deepEqual(await grants().find(grant.id), grant);
    assert.deepEqual(await grants().findFor(grant.clientId, grant.accountId), grant);
    assert.equal(await grants().find('unknown'), undefined);
    assert.equal(await grants().findFor(grant.clientId, 'nobody'), undefined);
  });

  it('grows in place when more is agreed to', async () => {
    const grant = await newGrant();
    await grants().save(grant);
    const more = { ...grant, payload: { openid: { claims: ['email', 'address'] } } };
    await grants().save(more);
    assert.deepEqual(await grants().find(grant.id), more);
  });

  it('is at most one for an account and an app: the later counts, under its own id', async () => {
    const grant = await newGrant();
    await grants().save(grant);
    const later = { ...grant, id: randomId(), payload: { rejected: {} } };
    await grants().save(later);
    assert.equal(await grants().find(grant.id), undefined);
    assert.deepEqual(await grants().findFor(grant.clientId, grant.accountId), later);
  });

  it('is one of those that were saved at the same moment, whole', async () => {
    const grant = await newGrant();
    const versions = Array.from({ length: 10 }, (_, version) => ({ ...grant, id: randomId(), payload: { version } }));
    await atOnce(10, async (index) => {
      const version = versions[index];
      if (version) {
        await (index % 2 ? context.elsewhere.storage : context.storage).realm('production').grants.save(version);
      }
    });
    const kept = await grants().findFor(grant.clientId, grant.accountId);
    assert.deepEqual(
      kept,
      versions.find(({ id }) => id === kept?.id),
    );
    const found = await Promise.all(versions.map(({ id }) => grants().find(id)));
    assert.equal(found.filter(Boolean).length, 1);
  });

  it('ends when it is withdrawn, and no other with it', async () => {
    const [grant, other] = [await newGrant(), await newGrant()];
    await grants().save(grant);
    await grants().save(other);
    await grants().delete(grant.id);
    assert.equal(await grants().find(grant.id), undefined);
    assert.equal(await grants().findFor(grant.clientId, grant.accountId), undefined);
    assert.deepEqual(await grants().find(other.id), other);
    await grants().delete('unknown');
  });
});
