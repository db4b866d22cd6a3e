import assert from 'node:assert/strict';
import { it } from 'node:test';
import { DEFAULT_FIELDS } from '../apps.ts';
import { eraseDeletedApps } from '../erase-app.ts';
import { hashSecret, secretMatches } from '../ids.ts';
import { onEachEngine } from './engines.ts';
import { everyCell } from './every-cell.ts';
import { registerShop, signUp } from './fixtures.ts';

onEachEngine('apps', (context) => {
  it('hands out the secrets once and keeps their hashes', async () => {
    const { appEnvironments } = context.storage;
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
      const app = await appEnvironments.findByClientId(clientId);
      assert.ok(app && secretMatches(clientSecret, app.clientSecretHash));
    }
  });

  it('has defaults, and leaves out what was not given', async () => {
    const { clientId } = await registerShop(context.storage);
    const app = await context.storage.appEnvironments.findByClientId(clientId);
    assert.deepEqual(app?.fields, DEFAULT_FIELDS);
    assert.deepEqual(app?.redirectUris, []);
    assert.equal(app?.realm, 'production');
    assert.ok(app && !('logoUri' in app) && !('termsUri' in app) && !('privacyPolicyUri' in app));
  });

  it('is disabled and enabled', async () => {
    const { apps, appEnvironments } = context.storage;
    const { appId, clientId } = await registerShop(context.storage);
    const other = await registerShop(context.storage);
    assert.equal(await apps.setDisabled(appId, true), true);
    assert.equal((await appEnvironments.findByClientId(clientId))?.disabled, true);
    assert.deepEqual(await apps.find(appId), { id: appId, name: 'Marten Books', disabled: true });
    assert.equal((await appEnvironments.findByClientId(other.clientId))?.disabled, false);
    assert.equal(await apps.setDisabled(appId, false), true);
    assert.equal((await appEnvironments.findByClientId(clientId))?.disabled, false);
    assert.equal(await apps.setDisabled('no-such-app', true), false);
    assert.equal(await apps.find('no-such-app'), undefined);
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

  it('has settings that say everything anew', async () => {
    const { apps, appEnvironments } = context.storage;
    const { appId, clientId } = await registerShop(context.storage);
    const fields = [{ field: 'email' as const, required: false, reason: 'For your receipt.' }];
    const pages = { homePageUri: 'https://m.example', privacyPolicyUri: 'https://m.example/p' };
    await apps.updateSettings(appId, { name: 'Marten', ...pages, fields, idTokenAlg: 'EdDSA' });
    const { createdAt, ...details } = (await apps.findDetails(appId)) ?? {};
    assert.ok(createdAt);
    const chosen = { offlineAccess: true, deviceFlow: false, requireVerifiedEmail: false };
    const rest = { kind: 'web', idTokenAlg: 'EdDSA', ...chosen };
    assert.deepEqual(details, { id: appId, name: 'Marten', disabled: false, ...pages, fields, ...rest });
    assert.deepEqual((await appEnvironments.findByClientId(clientId))?.fields, fields);
    await apps.updateSettings(appId, { name: 'Marten', fields: [] });
    assert.ok(!('homePageUri' in ((await apps.findDetails(appId)) ?? {})));
    assert.equal((await apps.findDetails(appId))?.idTokenAlg, 'EdDSA', 'it stays where nothing is said of it');
    assert.equal(await apps.updateChoices(appId, { idTokenAlg: 'ES256' }), true);
    assert.equal((await appEnvironments.findByClientId(clientId))?.idTokenAlg, 'ES256');
    await apps.updateChoices(appId, { deviceFlow: true, offlineAccess: false, requireVerifiedEmail: true });
    const app = await appEnvironments.findByClientId(clientId);
    assert.deepEqual(
      [app?.idTokenAlg, app?.deviceFlow, app?.offlineAccess, app?.requireVerifiedEmail],
      ['ES256', true, false, true],
      'what is not named stays',
    );
    assert.equal(await apps.updateChoices('no-such-app', { idTokenAlg: 'ES256' }), false);
    assert.equal(await apps.findDetails('no-such-app'), undefined);
  });

  it('has own fields that the operator has approved, as said last', async () => {
    const { apps, appEnvironments } = context.storage;
    const [{ appId, clientId }, other] = [await registerShop(context.storage), await registerShop(context.storage)];
    const approved = async (id = clientId) => (await appEnvironments.findByClientId(id))?.approvedFields;
    await apps.setApprovedFields(appId, ['tier', 'loyalty_number']);
    assert.deepEqual(await approved(), ['tier', 'loyalty_number']);
    assert.deepEqual(await approved(other.clientId), []);
    await apps.setApprovedFields(appId, []);
    assert.deepEqual(await approved(), []);
  });

  it('may be a native one, and may not want to stay connected', async () => {
    const { apps, appEnvironments } = context.storage;
    const { appId, clientId } = await apps.create({
      name: 'Fern',
      kind: 'native',
      offlineAccess: false,
      deviceFlow: true,
      environment: 'localhost',
      origins: [],
    });
    const standing = async () => {
      const { kind, offlineAccess, deviceFlow } = (await appEnvironments.findByClientId(clientId)) ?? {};
      return [kind, offlineAccess, deviceFlow];
    };
    assert.deepEqual(await standing(), ['native', false, true]);
    await apps.updateSettings(appId, { name: 'Fern', fields: [], offlineAccess: true, deviceFlow: false });
    assert.deepEqual(await standing(), ['native', true, false]);
    await apps.updateSettings(appId, { name: 'Fern', fields: [] });
    assert.deepEqual(await standing(), ['native', true, false], 'as it is');
  });

  it('is deleted with everything that is its own, and nothing else', async () => {
    const { apps, appEnvironments, appMembers, apiKeys } = context.storage;
    const ada = await signUp(context.storage);
    const mine = await apps.create({ name: 'Mine', environment: 'production', origins: [], ownerId: ada.id });
    const other = await registerShop(context.storage);
    const rows = context.storage.realm('production');
    await rows.users.ensure(mine.clientId, ada.id);
    await apps.delete(mine.appId);
    await eraseDeletedApps(context.database.db);
    assert.equal(await apps.find(mine.appId), undefined);
    assert.equal(await appEnvironments.findByClientId(mine.clientId), undefined);
    assert.equal(await apiKeys.find(mine.apiKey), undefined);
    assert.equal(await appMembers.findRole(mine.appId, ada.id), undefined);
    assert.equal(await rows.users.findByAccount(mine.clientId, ada.id), undefined);
    assert.ok(await rows.accounts.find(ada.id));
    assert.ok(await apiKeys.find(other.apiKey));
  });
});
