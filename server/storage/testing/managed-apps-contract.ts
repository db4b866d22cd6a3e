import assert from 'node:assert/strict';
import { it } from 'node:test';
import { MAX_APPS_OF_KEY, TooManyAppsError } from '../managed-apps.ts';
import { sweep } from '../sweeper.ts';
import { onEachEngine } from './engines.ts';
import { atOnce, registerShop, storageOf } from './fixtures.ts';

onEachEngine('apps that keys have made', (context) => {
  const apps = () => context.storage.managedApps;
  const newKey = async () =>
    (await context.storage.managementKeys.create({ realm: 'sandbox', name: 'Demo', scopes: ['apps:write'] })).id;
  const newApp = async () => (await registerShop(context.storage, 'development:sandbox')).appId;

  it('are the key’s that made them alone', async () => {
    const [key, other, appId] = [await newKey(), await newKey(), await newApp()];
    const expiresAt = new Date(Date.now() + 60_000);
    await apps().add(key, { appId, expiresAt });
    assert.deepEqual(await apps().find(key, appId), { appId, expiresAt });
    assert.deepEqual(await apps().list(key), [{ appId, expiresAt }]);
    assert.deepEqual([await apps().find(other, appId), await apps().list(other)], [undefined, []]);
    for (const nobody of ['nobody', '\0']) assert.equal(await apps().find(key, nobody), undefined);
    await context.storage.apps.delete(appId);
    assert.equal(await apps().find(key, appId), undefined);
  });

  it('are their owner’s once they are in production', async () => {
    const [key, appId] = [await newKey(), await newApp()];
    await apps().add(key, { appId, expiresAt: new Date(Date.now() - 1) });
    await context.storage.appEnvironments.add(appId, 'production', ['https://shop.example']);
    assert.deepEqual([await apps().find(key, appId), await apps().list(key)], [undefined, []]);
    await sweep(context.database.db);
    assert.ok(await context.storage.apps.find(appId));
  });

  it('are so many and no more, also when many are made at once', async () => {
    const key = await newKey();
    const made = await Promise.all(Array.from({ length: 4 }, newApp));
    const rows = Array.from({ length: MAX_APPS_OF_KEY - 2 }, async () => newApp());
    for (const appId of await Promise.all(rows)) await apps().add(key, { appId });
    const results = await atOnce(4, (index) =>
      storageOf(context, index)
        .transaction(({ managedApps }) => managedApps.add(key, { appId: made[index] ?? '' }))
        .then(
          () => 'added',
          (error: unknown) => (error instanceof TooManyAppsError ? 'too many' : error),
        ),
    );
    assert.deepEqual(results.sort(), ['added', 'added', 'too many', 'too many']);
  });

  it('end when their time is over, which the audit log notes', async () => {
    const [key, appId] = [await newKey(), await newApp()];
    await apps().add(key, { appId, expiresAt: new Date(Date.now() - 1) });
    await sweep(context.database.db);
    assert.equal(await context.storage.apps.find(appId), undefined);
    const [entry] = await context.storage.auditLog.list({ subject: `app:${appId}` });
    assert.deepEqual([entry?.act, entry?.actor], ['app.deleted', 'system']);
  });
});
