import assert from 'node:assert/strict';
import { it } from 'node:test';
import { onEachEngine } from './engines.ts';
import { type Cell, everyCell } from './every-cell.ts';
import { atOnce, registerShop, signUp, storageOf } from './fixtures.ts';
import { storeWholePerson, type WholePerson } from './whole-person.ts';

const HOUR_MS = 60 * 60 * 1000;

onEachEngine('the deletion of accounts', (context) => {
  const deletion = () => context.storage.realm('production').accountDeletion;
  const soon = () => new Date(Date.now() + HOUR_MS);
  const past = () => new Date(Date.now() - 1);
  const tells = (person: WholePerson, { value }: Cell) =>
    [person.mark, person.account.id, person.userId].some((text) => value.toLowerCase().includes(text.toLowerCase()));

  it('leaves nothing of the person in any cell of any table but the audit log’s random id, and everything of others', async () => {
    const { db } = context.database;
    const [person, other] = [await storeWholePerson(db, context.storage), await storeWholePerson(db, context.storage)];
    const before = await everyCell(context.database);
    const about = (cells: Cell[], who: WholePerson) => cells.filter((cell) => tells(who, cell));
    const tables = new Set(about(before, person).map(({ table }) => table));
    for (const table of [
      'accounts',
      'oidc_records',
      'app_events',
      'mails',
      'app_invitations',
      'disclosures',
      'pictures',
    ])
      assert.ok(tables.has(table), `${table} knew something`);

    assert.deepEqual(await deletion().erase(person.account.id), { orphanedApps: [person.ownAppId], wasExpired: false });
    const after = await everyCell(context.database);
    const left = about(after, person);
    assert.deepEqual(new Set(left.map(({ table }) => table)), new Set(['audit_log']));
    for (const { value } of left) assert.equal(value, `account:${person.account.id}`);
    assert.deepEqual(about(after, other), about(before, other));
    assert.equal((await context.storage.apps.find(person.ownAppId))?.disabled, true);
    assert.equal((await context.storage.apps.find(other.ownAppId))?.disabled, false);
    assert.equal(await deletion().erase(person.account.id), undefined, 'gone is gone');
  });

  it('waits for the date, and does not come when it is taken back', async () => {
    const account = await signUp(context.storage, { email: 'waits@example.com' });
    assert.equal(await deletion().erase(account.id), undefined, 'never asked for');
    assert.equal(await deletion().request(account.id, soon()), true);
    assert.equal(await deletion().request(account.id, past()), false, 'the first date stands');
    assert.ok(!(await deletion().due(1_000)).includes(account.id));
    assert.equal(await deletion().erase(account.id), undefined);
    assert.equal(await deletion().cancel(account.id), true);
    assert.equal(await deletion().cancel(account.id), false);
    assert.equal(await deletion().request(account.id, past()), true);
    assert.ok((await deletion().due(1_000)).includes(account.id));
    assert.equal(await deletion().cancel(account.id), true, 'until the last moment');
    assert.equal(await deletion().erase(account.id), undefined);
    assert.equal((await context.storage.realm('production').accounts.find(account.id))?.deletionDueAt, undefined);
  });

  it('keeps consent and tokens when it does not come after all', async () => {
    const { clientId } = await registerShop(context.storage);
    const account = await signUp(context.storage);
    const grant = { id: 'kept-grant', clientId, accountId: account.id, payload: {} };
    const { grants } = context.storage.realm('production');
    await grants.create(grant);
    assert.equal(await deletion().erase(account.id), undefined);
    assert.deepEqual(await grants.find(grant.id), grant);
  });

  it('comes by itself for a test person who has expired', async () => {
    const [expired, fresh] = [
      await signUp(context.storage, { expiresAt: past() }),
      await signUp(context.storage, { expiresAt: soon() }),
    ];
    const due = await deletion().due(1_000);
    assert.ok(due.includes(expired.id) && !due.includes(fresh.id));
    assert.equal(await deletion().erase(fresh.id), undefined);
    assert.deepEqual(await deletion().erase(expired.id), { orphanedApps: [], wasExpired: true });
    assert.equal(await context.storage.realm('production').accounts.find(expired.id), undefined);
  });

  it('is done once by several processes', async () => {
    const account = await signUp(context.storage, { deletionDueAt: past() });
    const results = await atOnce(6, (index) => {
      return storageOf(context, index).realm('production').accountDeletion.erase(account.id);
    });
    assert.equal(results.filter(Boolean).length, 1);
  });

  it('stays within the realm', async () => {
    const account = await signUp(context.storage, { deletionDueAt: past() }, 'sandbox');
    assert.ok(!(await deletion().due(1_000)).includes(account.id));
    assert.equal(await deletion().cancel(account.id), false);
    assert.equal(await deletion().erase(account.id), undefined);
    assert.ok(await context.storage.realm('sandbox').accounts.find(account.id));
  });

  it('knows the apps that nobody else owns', async () => {
    const { storage } = context;
    const [account, colleague] = [await signUp(storage), await signUp(storage)];
    const newApp = async (name: string) => {
      const { appId } = await storage.apps.create({ name, environment: 'production', origins: [] });
      await storage.appMembers.put(appId, account.id, 'owner');
      return appId;
    };
    const [alone, shared, helped, off] = [
      await newApp('Alone'),
      await newApp('Shared'),
      await newApp('Helped'),
      await newApp('Off'),
    ];
    await storage.appMembers.put(shared, colleague.id, 'owner');
    await storage.appMembers.put(helped, colleague.id, 'developer');
    await storage.apps.setDisabled(off, true);
    const names = async () => (await deletion().solelyOwnedApps(account.id)).map(({ name }) => name);
    assert.deepEqual(await names(), ['Alone', 'Helped']);
    assert.deepEqual(await deletion().solelyOwnedApps(colleague.id), []);
    assert.deepEqual(await deletion().solelyOwnedApps(account.id), [
      { id: alone, name: 'Alone' },
      { id: helped, name: 'Helped' },
    ]);
    await deletion().request(colleague.id, soon());
    assert.deepEqual(await names(), ['Alone', 'Helped', 'Shared'], 'who is about to go does not count');
  });
});
