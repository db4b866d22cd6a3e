import assert from 'node:assert/strict';
import { it } from 'node:test';
import { DEFAULT_FIELDS } from '../apps.ts';
import { hashSecret, secretMatches } from '../ids.ts';
import { onEachEngine } from './engines.ts';
import { everyCell } from './every-cell.ts';
import { atOnce, registerShop, signUp } from './fixtures.ts';

onEachEngine('apps', (context) => {
  it('knows that there are none yet', async () => {
    assert.equal(await context.storage.apps.isEmpty(), true);
    await registerShop(context.storage);
    assert.equal(await context.storage.apps.isEmpty(), false);
  });

  it('hands out the secrets once and keeps their hashes', async () => {
    const { apps } = context.storage;
    for (const [environment, prefix] of [
      ['production', 'sk_live_'],
      ['development:sandbox', 'sk_test_'],
      ['localhost', 'sk_test_'],
    ] as const) {
      const { clientId, clientSecret, apiKey } = await registerShop(context.storage, environment);
      assert.match(clientId, /^[A-Za-z0-9]{32}$/);
      assert.match(clientSecret, /^[A-Za-z0-9]{40}$/);
      assert.match(apiKey, new RegExp(`^${prefix}[A-Za-z0-9]{32}$`));

      const cells = await everyCell(context.database);
      assert.ok(cells.some(({ table, value }) => table === 'environments' && value === clientId));
      // Not even most of a secret: it must not be guessable from what is there.
      for (const secret of [clientSecret, apiKey, apiKey.slice(prefix.length)]) {
        const leak = cells.find(
          ({ value }) => value.includes(secret.slice(0, 20)) || value.includes(secret.slice(-20)),
        );
        assert.equal(leak, undefined, `${leak?.table}.${leak?.column} tells a secret`);
      }
      const key = await context.database.db
        .selectFrom('api_keys')
        .selectAll()
        .where('client_id', '=', clientId)
        .executeTakeFirstOrThrow();
      assert.equal(key.key_hash, hashSecret(apiKey));
      assert.equal(key.prefix, apiKey.slice(0, 12));
      const app = await apps.findByClientId(clientId);
      assert.ok(app && secretMatches(clientSecret, app.clientSecretHash));
    }
  });

  it('finds an app by client_id, with everything that the popup shows', async () => {
    const { apps } = context.storage;
    const { appId, clientId } = await apps.create({
      name: 'Marten Books',
      environment: 'development:sandbox',
      origins: ['https://marten.example', 'http://localhost:4100'],
      redirectUris: ['https://marten.example/callback?from=platform'],
      fields: [{ field: 'email', required: true }],
      logoUri: 'https://marten.example/logo.svg',
      privacyPolicyUri: 'https://marten.example/privacy',
      termsUri: 'https://marten.example/terms',
    });
    const app = await apps.findByClientId(clientId);
    assert.ok(app);
    const { clientSecretHash, ...rest } = app;
    assert.ok(clientSecretHash);
    assert.deepEqual(rest, {
      appId,
      clientId,
      environment: 'development:sandbox',
      realm: 'sandbox',
      name: 'Marten Books',
      logoUri: 'https://marten.example/logo.svg',
      privacyPolicyUri: 'https://marten.example/privacy',
      termsUri: 'https://marten.example/terms',
      fields: [{ field: 'email', required: true }],
      origins: ['https://marten.example', 'http://localhost:4100'],
      redirectUris: ['https://marten.example/callback?from=platform'],
      disabled: false,
    });
    for (const stranger of ['', clientId.slice(1), clientId.toLowerCase(), `${clientId}'`, appId]) {
      if (stranger !== clientId) assert.equal(await apps.findByClientId(stranger), undefined);
    }
  });

  it('has defaults, and leaves out what was not given', async () => {
    const { clientId } = await registerShop(context.storage);
    const app = await context.storage.apps.findByClientId(clientId);
    assert.deepEqual(app?.fields, DEFAULT_FIELDS);
    assert.deepEqual(app?.redirectUris, []);
    assert.equal(app?.realm, 'production');
    assert.ok(app && !('logoUri' in app) && !('termsUri' in app) && !('privacyPolicyUri' in app));
  });

  it('knows the endpoint for new users, apart from everything else about the app', async () => {
    const { apps } = context.storage;
    const endpoint = { signupEndpoint: 'https://marten.example/signup', signupKey: 'the key' };
    const own = await apps.create({ name: 'Marten Books', environment: 'production', origins: [], ...endpoint });
    const found = await apps.findSignupEndpoint(own.clientId);
    assert.deepEqual(found, { url: 'https://marten.example/signup', key: 'the key' });
    assert.ok(!JSON.stringify(await apps.findByClientId(own.clientId)).includes('the key'));
    assert.equal(await apps.findSignupEndpoint((await registerShop(context.storage)).clientId), undefined);
    assert.equal(await apps.findSignupEndpoint('nobody'), undefined);
  });

  it('is disabled and enabled', async () => {
    const { apps } = context.storage;
    const { appId, clientId } = await registerShop(context.storage);
    const other = await registerShop(context.storage);
    assert.equal(await apps.setDisabled(appId, true), true);
    assert.equal((await apps.findByClientId(clientId))?.disabled, true);
    assert.deepEqual(await apps.find(appId), { id: appId, name: 'Marten Books', disabled: true });
    assert.equal((await apps.findByClientId(other.clientId))?.disabled, false);
    assert.equal(await apps.setDisabled(appId, false), true);
    assert.equal((await apps.findByClientId(clientId))?.disabled, false);
    assert.equal(await apps.setDisabled('no-such-app', true), false);
    assert.equal(await apps.find('no-such-app'), undefined);
  });

  it('replaces the origins of one environment', async () => {
    const { apps } = context.storage;
    const [mine, other] = [await registerShop(context.storage), await registerShop(context.storage)];
    await apps.setOrigins(mine.clientId, ['https://new.example']);
    assert.deepEqual((await apps.findByClientId(mine.clientId))?.origins, ['https://new.example']);
    assert.deepEqual((await apps.findByClientId(other.clientId))?.origins, ['https://marten.example']);
  });

  it('belongs to its owner, who finds it in a list', async () => {
    const { apps, appMembers } = context.storage;
    const [ada, eve] = [await signUp(context.storage), await signUp(context.storage)];
    const { appId } = await apps.create({
      name: 'Marten Books',
      environment: 'localhost',
      origins: [],
      ownerId: ada.id,
    });
    const zebra = await apps.create({ name: 'Zebra', environment: 'production', origins: [] });
    await appMembers.put(zebra.appId, ada.id, 'read-only');
    assert.equal(await appMembers.findRole(appId, ada.id), 'owner');
    assert.deepEqual(await apps.listFor(ada.id), [
      { id: appId, name: 'Marten Books', disabled: false, role: 'owner', environments: ['localhost'] },
      { id: zebra.appId, name: 'Zebra', disabled: false, role: 'read-only', environments: ['production'] },
    ]);
    assert.deepEqual(await apps.listFor(eve.id), []);
  });

  it('gets more environments, each once and with secrets of its own', async () => {
    const { apps } = context.storage;
    const first = await registerShop(context.storage, 'localhost');
    const attempts = await atOnce(4, () => apps.addEnvironment(first.appId, 'production', ['https://marten.example']));
    const [live, ...others] = attempts.filter((secrets) => secrets !== undefined);
    assert.ok(live && others.length === 0);
    assert.match(live.apiKey, /^sk_live_/);
    assert.notEqual(live.clientId, first.clientId);
    const access = await context.storage.apiKeys.find(live.apiKey);
    assert.deepEqual([access?.clientId, access?.realm], [live.clientId, 'production']);
    const environments = await apps.listEnvironments(first.appId);
    assert.deepEqual(
      environments.map(({ environment }) => environment),
      ['localhost', 'production'],
    );
    assert.equal(await apps.addEnvironment('no-such-app', 'production', []), undefined);
  });

  it('has settings that say everything anew', async () => {
    const { apps } = context.storage;
    const { appId, clientId } = await registerShop(context.storage);
    const fields = [{ field: 'email' as const, required: false, reason: 'For your receipt.' }];
    const pages = { homePageUri: 'https://m.example', privacyPolicyUri: 'https://m.example/p' };
    await apps.updateSettings(appId, { name: 'Marten', ...pages, fields });
    const { createdAt, ...details } = (await apps.findDetails(appId)) ?? {};
    assert.ok(createdAt);
    assert.deepEqual(details, { id: appId, name: 'Marten', disabled: false, ...pages, fields });
    assert.deepEqual((await apps.findByClientId(clientId))?.fields, fields);
    await apps.updateSettings(appId, { name: 'Marten', fields: [] });
    assert.ok(!('homePageUri' in ((await apps.findDetails(appId)) ?? {})));
    assert.equal(await apps.findDetails('no-such-app'), undefined);
  });

  it('loses no address of two that are added at once', async () => {
    const { apps } = context.storage;
    const { clientId } = await registerShop(context.storage);
    const add = (index: number) =>
      apps.changeAddresses(clientId, 'origins', (current) => [...current, `https://shop${index}.example`]);
    await atOnce(5, add);
    assert.equal((await apps.findByClientId(clientId))?.origins.length, 6);
    assert.equal(await apps.changeAddresses(clientId, 'redirectUris', () => undefined), undefined);
    assert.deepEqual(await apps.changeAddresses(clientId, 'redirectUris', () => ['https://m.example/cb']), {
      before: [],
      after: ['https://m.example/cb'],
    });
  });

  it('takes an endpoint for new users, and forgets it with its key', async () => {
    const { apps } = context.storage;
    const { clientId } = await registerShop(context.storage);
    await apps.setSignupEndpoint(clientId, { url: 'https://m.example/signup', key: 'k' });
    assert.deepEqual(await apps.findSignupEndpoint(clientId), { url: 'https://m.example/signup', key: 'k' });
    await apps.setSignupEndpoint(clientId, undefined);
    assert.equal(await apps.findSignupEndpoint(clientId), undefined);
  });

  it('knows whether anybody ever signed up', async () => {
    const { apps } = context.storage;
    const { clientId } = await registerShop(context.storage);
    const { users, appUsers } = context.storage.realm('production');
    await appUsers(clientId).create({ email: 'vendor@example.com', passwordHash: 'none' });
    const account = await signUp(context.storage);
    const user = await users.ensure(clientId, account.id);
    assert.equal(await apps.hasIssued(clientId), false);
    await users.markFirstCredential(user.id);
    assert.equal(await apps.hasIssued(clientId), true);
  });

  it('is deleted with everything that is its own, and nothing else', async () => {
    const { apps, appMembers, apiKeys } = context.storage;
    const ada = await signUp(context.storage);
    const mine = await apps.create({ name: 'Mine', environment: 'production', origins: [], ownerId: ada.id });
    const other = await registerShop(context.storage);
    const rows = context.storage.realm('production');
    await rows.users.ensure(mine.clientId, ada.id);
    await apps.delete(mine.appId);
    assert.equal(await apps.find(mine.appId), undefined);
    assert.equal(await apps.findByClientId(mine.clientId), undefined);
    assert.equal(await apiKeys.find(mine.apiKey), undefined);
    assert.equal(await appMembers.findRole(mine.appId, ada.id), undefined);
    assert.equal(await rows.users.findByAccount(mine.clientId, ada.id), undefined);
    assert.ok(await rows.accounts.find(ada.id));
    assert.ok(await apiKeys.find(other.apiKey));
  });
});
