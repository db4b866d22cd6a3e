import assert from 'node:assert/strict';
import { it } from 'node:test';
import { onEachEngine } from './testing/engines.ts';
import { registerShop } from './testing/fixtures.ts';

onEachEngine('a prepared query', (context) => {
  it('sees within a transaction what it has written, and outside what is committed', async () => {
    const { storage } = context;
    const { clientId } = await registerShop(storage);
    const usersOf = (within: typeof storage) => within.realm('production').appUsers(clientId);
    const id = await storage.transaction(async (within) => {
      const made = await usersOf(within).create({ username: 'ada' });
      assert.ok(await usersOf(within).find(made.id));
      assert.equal(await usersOf(storage).find(made.id), undefined);
      return made.id;
    });
    assert.equal((await usersOf(storage).find(id))?.username, 'ada');
  });

  it('sees nothing of a transaction that was undone', async () => {
    const { storage } = context;
    const { appId, clientId } = await registerShop(storage);
    const undone = new Error('undone');
    const work = storage.transaction(async (within) => {
      await within.apps.setDisabled(appId, true);
      assert.equal((await within.appEnvironments.findByClientId(clientId))?.disabled, true);
      throw undone;
    });
    await assert.rejects(work, undone);
    assert.equal((await storage.appEnvironments.findByClientId(clientId))?.disabled, false);
  });
});
