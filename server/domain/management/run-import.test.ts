import assert from 'node:assert/strict';
import { it } from 'node:test';
import { openTestRealm } from '../../testing/test-realm.ts';
import { BUILT_IN } from '../claims/catalogue.ts';
import { importPeople } from '../import/import-people.ts';
import { runNextImport } from './run-import.ts';

it('An import whose process was killed goes on, and counts what was done before', async () => {
  const realm = await openTestRealm('production');
  try {
    const { storage, dataKeys } = realm;
    const people = Array.from({ length: 600 }, (_, number) => ({ id: `p${number}`, email: `p${number}@example.com` }));
    const text = people.map((row) => JSON.stringify(row)).join('\r\n');
    const { id } =
      (await storage.uploadedImports.add({ realm: 'production', keyId: 'key', dryRun: false, text })) ?? assert.fail();
    assert.ok(await storage.uploadedImports.claim());
    async function* begun() {
      for (const [index, row] of people.slice(0, 550).entries()) yield { line: index + 1, row };
      throw new Error('killed');
    }
    const options = {
      realm: 'production',
      source: `upload:${id}`,
      dataKeys,
      issuers: [],
      fields: BUILT_IN,
      dryRun: false,
      onReject: () => {},
    } as const;
    await assert.rejects(importPeople(storage, begun(), options), /killed/);
    assert.equal((await realm.rows.accountSearch.list({ limit: 1 })).found.length, 1, 'a batch was written');
    const log = { error: () => assert.fail() };
    assert.equal(await runNextImport(realm, log), false, 'while its lease lasts, it is another process’s');
    await realm.database.db.updateTable('uploaded_imports').set({ due_at: 1 }).execute();
    assert.equal(await runNextImport(realm, log), true);
    const done = await storage.uploadedImports.find('key', id);
    assert.deepEqual([done?.state, done?.read, done?.created], ['done', 600, 600]);
    assert.equal((await realm.rows.accountSearch.list({ limit: 100 })).found.length, 100);
  } finally {
    await realm.close();
  }
});
