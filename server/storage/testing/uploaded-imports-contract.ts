import assert from 'node:assert/strict';
import { it } from 'node:test';
import { sweep } from '../sweeper.ts';
import { MAX_OPEN_IMPORTS, UPLOADED_IMPORT_LIFETIME_MS } from '../uploaded-imports.ts';
import { onEachEngine } from './engines.ts';
import { atOnce, storageOf } from './fixtures.ts';

onEachEngine('uploaded imports', (context) => {
  const uploads = () => context.storage.uploadedImports;
  const add = async (keyId: string, text = '{}') =>
    (await uploads().add({ realm: 'production', keyId, dryRun: false, text })) ?? assert.fail();
  const NOTHING = { read: 0, created: 0, updated: 0, unchanged: 0, rejected: 0 };

  it('are taken by one process, which says how far it is and how it ended', async () => {
    const added = await add('key one', '{"id":"1"}');
    assert.deepEqual([added.state, added.dryRun], ['waiting', false]);
    const claimed = await atOnce(4, (index) => storageOf(context, index).uploadedImports.claim());
    assert.deepEqual(
      claimed.flatMap((one) => (one ? [[one.id, one.text]] : [])),
      [[added.id, '{"id":"1"}']],
    );
    await uploads().progress(added.id, { ...NOTHING, read: 7 });
    assert.deepEqual(
      [(await uploads().find('key one', added.id))?.state, (await uploads().list('key one'))[0]?.read],
      ['running', 7],
    );
    const rejects = [{ line: 2, reason: 'why', row: { a: 1 } }];
    await uploads().finish(added.id, { state: 'done', ...NOTHING, read: 9, rejected: 1, rejects, importId: 'import' });
    const done = await uploads().find('key one', added.id);
    assert.deepEqual([done?.state, done?.read, done?.importId], ['done', 9, 'import']);
    assert.ok(done?.finishedAt);
    assert.deepEqual(await uploads().rejects(added.id), rejects);
    assert.equal(await uploads().claim(), undefined);
    const row = await context.database.db.selectFrom('uploaded_imports').select('text').executeTakeFirstOrThrow();
    assert.equal(row.text, null, 'people are not kept twice');
  });

  it('are taken again when their process has died, and are found by their key alone', async () => {
    const { id } = await add('key two');
    assert.equal((await uploads().claim())?.id, id);
    assert.equal(await uploads().claim(), undefined);
    await context.database.db.updateTable('uploaded_imports').set({ due_at: 1 }).where('id', '=', id).execute();
    assert.equal((await uploads().claim())?.id, id);
    await uploads().finish(id, { state: 'failed', failure: 'it failed' });
    assert.equal((await uploads().find('key two', id))?.failure, 'it failed');
    for (const [key, nobody] of [
      ['another', id],
      ['key two', 'nobody'],
      ['key two', '\0'],
    ] as const)
      assert.equal(await uploads().find(key, nobody), undefined);
    assert.deepEqual(await uploads().list('another'), []);
    assert.deepEqual(await uploads().rejects('nobody'), []);
  });

  it('wait in a bounded number, and go a week after they are done', async () => {
    for (let count = 0; count < MAX_OPEN_IMPORTS; count += 1) await add('key three');
    const more = { realm: 'production', keyId: 'key three', dryRun: false, text: '' } as const;
    assert.equal(await uploads().add(more), undefined);
    const { id } = (await uploads().claim()) ?? assert.fail();
    await uploads().finish(id, { state: 'done' });
    assert.ok(await uploads().add(more));
    const finished = Date.now() - UPLOADED_IMPORT_LIFETIME_MS - 1_000;
    await context.database.db
      .updateTable('uploaded_imports')
      .set({ finished_at: finished })
      .where('id', '=', id)
      .execute();
    await sweep(context.database.db);
    assert.equal(await uploads().find('key three', id), undefined);
    assert.equal((await uploads().list('key three')).length, MAX_OPEN_IMPORTS);
  });
});
