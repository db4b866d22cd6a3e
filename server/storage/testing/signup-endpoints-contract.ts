import assert from 'node:assert/strict';
import { it } from 'node:test';
import { onEachEngine } from './engines.ts';
import { registerShop } from './fixtures.ts';

onEachEngine('endpoints for new users', (context) => {
  it('knows the endpoint for new users, apart from everything else about the app', async () => {
    const { apps, signupEndpoints, appEnvironments } = context.storage;
    const endpoint = { signupEndpoint: 'https://marten.example/signup', signupKey: 'the key' };
    const own = await apps.create({ name: 'Marten Books', environment: 'production', origins: [], ...endpoint });
    const found = await signupEndpoints.find(own.clientId);
    assert.deepEqual(found, { url: 'https://marten.example/signup', key: 'the key' });
    assert.ok(!JSON.stringify(await appEnvironments.findByClientId(own.clientId)).includes('the key'));
    assert.equal(await signupEndpoints.find((await registerShop(context.storage)).clientId), undefined);
    assert.equal(await signupEndpoints.find('nobody'), undefined);
  });

  it('takes an endpoint for new users, and forgets it with its key', async () => {
    const { signupEndpoints } = context.storage;
    const { clientId } = await registerShop(context.storage);
    await signupEndpoints.set(clientId, { url: 'https://m.example/signup', key: 'k' });
    assert.deepEqual(await signupEndpoints.find(clientId), { url: 'https://m.example/signup', key: 'k' });
    await signupEndpoints.set(clientId, undefined);
    assert.equal(await signupEndpoints.find(clientId), undefined);
  });
});
