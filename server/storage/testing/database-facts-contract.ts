import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readDatabaseFacts } from '../database-facts.ts';
import { migrations } from '../migrations/index.ts';
import { createTestDatabase, onEachEngine } from './engines.ts';

onEachEngine('what the database says of itself', (context) => {
  it('is its version, and that nothing is missing', async () => {
    const { engine, version, pending, unknown, postgres } = await readDatabaseFacts(context.database);
    assert.equal(engine, context.engine);
    assert.match(version, /^\d+\.\d+/);
    assert.deepEqual([pending, unknown], [[], []]);
    if (context.engine === 'SQLite') return assert.equal(postgres, undefined);
    assert.ok(postgres);
    assert.ok(Math.abs(postgres.nowMs - Date.now()) < 60_000);
    // As the tests start it: `SETTINGS` in postgres.ts.
    assert.deepEqual(postgres.durability, { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' });
    const { encoding, maxConnections, isStandby, isEncrypted } = postgres;
    assert.deepEqual([encoding, maxConnections, isStandby, isEncrypted], ['UTF8', 200, false, false]);
  });

  it('is what an upgrade would add, without adding it', async () => {
    const empty = await createTestDatabase(context.engine);
    try {
      const database = empty.open();
      for (const _time of ['once', 'and again']) {
        assert.deepEqual((await readDatabaseFacts(database)).pending, Object.keys(migrations));
      }
    } finally {
      await empty.remove();
    }
  });

  it('is what a later version has added', async () => {
    const { db } = context.database;
    await db
      .insertInto('kysely_migration' as never)
      .values({ name: '999-later', timestamp: '' } as never)
      .execute();
    const { unknown } = await readDatabaseFacts(context.database);
    assert.deepEqual(unknown, ['999-later']);
  });
});
