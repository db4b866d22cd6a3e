import assert from 'node:assert/strict';
import { it } from 'node:test';
import { onEachEngine } from './engines.ts';
import { atOnce, registerShop, signUp } from './fixtures.ts';

onEachEngine('environments of apps', (context) => {
  it('finds an app by client_id, with everything that the popup shows', async () => {
    const { apps, appEnvironments } = context.storage;
    const { appId, clientId } = await apps.create({
      name: 'Marten Books',
      environment: 'development:sandbox',
      origins: ['https://marten.example', 'http://localhost:4100'],
      redirectUris: ['https://marten.example/callback?from=platform'],
      postLogoutRedirectUris: ['https://marten.example/out'],
      backchannelLogoutUri: 'https://marten.example/logout',
      fields: [{ field: 'email', required: true }],
      logoUri: 'https://marten.example/logo.svg',
      privacyPolicyUri: 'https://marten.example/privacy',
      termsUri: 'https://marten.example/terms',
      credentialLifetimeSeconds: 900,
      idTokenAlg: 'EdDSA',
    });
    const app = await appEnvironments.findByClientId(clientId);
    assert.ok(app);
    const { clientSecretHash, ...rest } = app;
    assert.ok(clientSecretHash);
    assert.deepEqual(rest, {
      appId,
      clientId,
      environment: 'development:sandbox',
      realm: 'sandbox',
      name: 'Marten Books',
      kind: 'web',
      offlineAccess: true,
      deviceFlow: false,
      requireVerifiedEmail: false,
      logoUri: 'https://marten.example/logo.svg',
      privacyPolicyUri: 'https://marten.example/privacy',
      termsUri: 'https://marten.example/terms',
      fields: [{ field: 'email', required: true }],
      credentialLifetimeSeconds: 900,
      idTokenAlg: 'EdDSA',
      origins: ['https://marten.example', 'http://localhost:4100'],
      redirectUris: ['https://marten.example/callback?from=platform'],
      postLogoutRedirectUris: ['https://marten.example/out'],
      backchannelLogoutUri: 'https://marten.example/logout',
      approvedFields: [],
      waiting: { origins: [], redirectUris: [], postLogoutRedirectUris: [] },
      domains: [],
      disabled: false,
      standing: 'active',
    });
    for (const stranger of ['', clientId.slice(1), clientId.toLowerCase(), `${clientId}'`, appId]) {
      if (stranger !== clientId) assert.equal(await appEnvironments.findByClientId(stranger), undefined);
    }
  });

  it('replaces the origins of one environment', async () => {
    const { appEnvironments } = context.storage;
    const [mine, other] = [await registerShop(context.storage), await registerShop(context.storage)];
    await appEnvironments.setOrigins(mine.clientId, ['https://new.example']);
    assert.deepEqual((await appEnvironments.findByClientId(mine.clientId))?.origins, ['https://new.example']);
    assert.deepEqual((await appEnvironments.findByClientId(other.clientId))?.origins, ['https://marten.example']);
  });

  it('gets more environments, each once and with secrets of its own', async () => {
    const { appEnvironments } = context.storage;
    const first = await registerShop(context.storage, 'localhost');
    const attempts = await atOnce(4, () => appEnvironments.add(first.appId, 'production', ['https://marten.example']));
    const [live, ...others] = attempts.filter((secrets) => secrets !== undefined);
    assert.ok(live && others.length === 0);
    assert.match(live.apiKey, /^sk_live_/);
    assert.notEqual(live.clientId, first.clientId);
    const access = await context.storage.apiKeys.find(live.apiKey);
    assert.deepEqual([access?.clientId, access?.realm], [live.clientId, 'production']);
    const environments = await appEnvironments.list(first.appId);
    assert.deepEqual(
      environments.map(({ environment }) => environment),
      ['localhost', 'production'],
    );
    assert.equal(await appEnvironments.add('no-such-app', 'production', []), undefined);
  });

  it('loses no address of two that are added at once', async () => {
    const { appEnvironments } = context.storage;
    const { clientId } = await registerShop(context.storage);
    const add = (index: number) =>
      appEnvironments.changeAddresses(clientId, 'origins', (current) => [...current, `https://shop${index}.example`]);
    await atOnce(5, add);
    assert.equal((await appEnvironments.findByClientId(clientId))?.origins.length, 6);
    assert.equal(await appEnvironments.changeAddresses(clientId, 'redirectUris', () => undefined), undefined);
    assert.deepEqual(await appEnvironments.changeAddresses(clientId, 'redirectUris', () => ['https://m.example/cb']), {
      before: [],
      after: ['https://m.example/cb'],
    });
  });

  it('knows whether anybody ever signed up', async () => {
    const { appEnvironments } = context.storage;
    const { clientId } = await registerShop(context.storage);
    const { users, appUsers } = context.storage.realm('production');
    await appUsers(clientId).create({ email: 'vendor@example.com', passwordHash: 'none' });
    const account = await signUp(context.storage);
    const user = await users.ensure(clientId, account.id);
    assert.equal(await appEnvironments.hasIssued(clientId), false);
    await users.markFirstCredential(user.id);
    assert.equal(await appEnvironments.hasIssued(clientId), true);
  });
});
