import assert from 'node:assert/strict';
import { it } from 'node:test';
import { hasEnded, type NewManagementKey } from '../management-keys.ts';
import { onEachEngine } from './engines.ts';

onEachEngine('keys of the management API', (context) => {
  const keys = () => context.storage.managementKeys;
  const make = (more: Partial<NewManagementKey> = {}) =>
    keys().create({ realm: 'production', name: 'CRM', scopes: ['accounts:read'], ...more });

  it('are found by themselves, and say what they may do and where', async () => {
    const made = await make({
      ...{ realm: 'sandbox', scopes: ['apps:write', 'accounts:read'], addressRanges: ['203.0.113.0/24'] },
      expiresAt: new Date(Date.now() + 60_000),
    });
    const { key, ...shown } = made;
    assert.match(key, /^mk_test_[A-Za-z0-9]{40}$/);
    assert.equal(shown.prefix, key.slice(0, 12));
    assert.deepEqual(shown.scopes, ['accounts:read', 'apps:write']);
    assert.deepEqual(await keys().find(key), shown);
    assert.deepEqual(
      (await keys().list()).find(({ id }) => id === shown.id),
      shown,
    );
    assert.match((await make()).key, /^mk_live_/);
    for (const other of ['', shown.id, shown.prefix, `${key}x`, key.toLowerCase(), `${key}\0`])
      assert.equal(await keys().find(other), undefined);
  });

  it('are stored as hashes alone', async () => {
    const { key } = await make();
    const rows = await context.database.db.selectFrom('management_keys').selectAll().execute();
    assert.ok(!JSON.stringify(rows).includes(key.slice(12)));
  });

  it('end when they are revoked, once, and when they expire', async () => {
    const { id, key } = await make();
    assert.equal(hasEnded((await keys().find(key)) ?? assert.fail()), undefined);
    assert.equal((await keys().revoke(id))?.id, id);
    assert.equal(hasEnded((await keys().find(key)) ?? assert.fail()), 'revoked');
    assert.equal(await keys().revoke(id), undefined);
    const { key: old } = await make({ expiresAt: new Date(Date.now() - 1) });
    assert.equal(hasEnded((await keys().find(old)) ?? assert.fail()), 'expired');
  });

  it('note when they were used, to the minute', async () => {
    const { id, key } = await make();
    const used = async () => (await keys().find(key))?.lastUsedAt?.getTime();
    const now = Date.now();
    await keys().noteUse({ id }, now);
    assert.equal(await used(), now);
    await keys().noteUse({ id, lastUsedAt: new Date(now) }, now + 59_999);
    assert.equal(await used(), now);
    await keys().noteUse({ id, lastUsedAt: new Date(now) }, now + 60_000);
    assert.equal(await used(), now + 60_000);
  });
});
