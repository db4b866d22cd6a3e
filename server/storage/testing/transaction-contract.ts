import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { type Database, migrate, openDatabase } from '../database.ts';
import type { Storage } from '../index.ts';
import { createLimiter } from '../limiter.ts';
import { transaction } from '../transaction.ts';
import { createTestDatabase, onEachEngine, type TestDatabase } from './engines.ts';
import { registerShop, signUp } from './fixtures.ts';

onEachEngine('a transaction', (context) => {
  it('leaves nothing behind when it fails', async () => {
    const { db } = context.database;
    const { id } = await signUp(context.storage, { givenName: 'Before' });
    const attempt = transaction(db, async (trx) => {
      await trx.updateTable('accounts').set({ given_name: 'During' }).where('id', '=', id).execute();
      throw new Error('changed my mind');
    });
    await assert.rejects(attempt, /changed my mind/);
    assert.equal((await context.storage.realm('production').accounts.find(id))?.givenName, 'Before');
  });

  it('does not mix with what others do on the same connection meanwhile', async () => {
    const { db } = context.database;
    let meanwhile: Promise<unknown> | undefined;
    const attempt = transaction(db, async (trx) => {
      meanwhile = context.storage.secrets.ensure('meanwhile');
      await trx.insertInto('secrets').values({ name: 'undone', value: 'x', created_at: 0 }).execute();
      throw new Error('changed my mind');
    });
    await assert.rejects(attempt, /changed my mind/);
    const value = await meanwhile;
    assert.equal(await context.storage.secrets.ensure('meanwhile'), value);
    const undone = await db.selectFrom('secrets').select('name').where('name', '=', 'undone').executeTakeFirst();
    assert.equal(undone, undefined);
  });
});

onEachEngine('a transaction of several repositories', (context) => {
  const part = async (storage: Storage, name: string) => {
    const { id } = await signUp(storage, { givenName: name });
    await storage.auditLog.append({ realm: null, act: 'account.created', actor: 'operator', subject: name });
    return id;
  };
  const isThere = async (name: string) => {
    const { db } = context.elsewhere.database;
    const account = await db.selectFrom('accounts').select('id').where('given_name', '=', name).executeTakeFirst();
    const [noted] = await context.elsewhere.storage.auditLog.list({ subject: name });
    assert.equal(account === undefined, noted === undefined);
    return account !== undefined;
  };

  it('is kept whole, or not at all', async () => {
    await context.storage.transaction((storage) => part(storage, 'kept'));
    assert.equal(await isThere('kept'), true);
    const attempt = context.storage.transaction(async (storage) => {
      await part(storage, 'undone');
      throw new Error('changed my mind');
    });
    await assert.rejects(attempt, /changed my mind/);
    assert.equal(await isThere('undone'), false);
  });

  it('goes on when a part of it failed and was undone by itself', async () => {
    const { appId } = await registerShop(context.storage);
    await context.storage.transaction(async (storage) => {
      await part(storage, 'before');
      // Refused by a unique index, which ends a transaction of PostgreSQL unless it was a part.
      assert.equal(await storage.appEnvironments.add(appId, 'production', []), undefined);
      const failing = storage.transaction(async (inner) => {
        await part(inner, 'part');
        throw new Error('this part only');
      });
      await assert.rejects(failing, /this part only/);
      await storage.transaction((inner) => part(inner, 'another part'));
      await part(storage, 'after');
    });
    const there = await Promise.all(['before', 'part', 'another part', 'after'].map(isThere));
    assert.deepEqual(there, [true, false, true, true]);
  });

  it('is undone with its parts', async () => {
    const attempt = context.storage.transaction(async (storage) => {
      await storage.transaction((inner) => part(inner, 'undone part'));
      throw new Error('changed my mind');
    });
    await assert.rejects(attempt, /changed my mind/);
    assert.equal(await isThere('undone part'), false);
  });
});

describe('engines that isolate by conflict (PostgreSQL, serializable)', () => {
  const AT_ONCE = 30;
  let home: TestDatabase;
  let database: Database;
  before(async () => {
    home = await createTestDatabase('PostgreSQL');
    await migrate(home.open().db);
    // What CockroachDB and YugabyteDB may do by default.
    const serializable = encodeURIComponent('-c default_transaction_isolation=serializable');
    database = openDatabase({ ...home.settings, databaseUrl: `${home.settings.databaseUrl}?options=${serializable}` });
  });
  after(async () => {
    await database?.close();
    await home?.remove();
  });

  it('count all transactions in the end, though they have all read the same at first', async () => {
    const COUNTERS = 3;
    const { db } = database;
    await db.schema.createTable('counters').addColumn('value', 'bigint').execute();
    const counters = db.withTables<{ counters: { value: number } }>();
    await counters.insertInto('counters').values({ value: 0 }).execute();

    let attempts = 0;
    const meeting = Promise.withResolvers<void>();
    const count = () =>
      transaction(counters, async (trx) => {
        attempts += 1;
        const { value } = await trx.selectFrom('counters').select('value').executeTakeFirstOrThrow();
        if (attempts >= COUNTERS) meeting.resolve();
        await meeting.promise;
        await trx
          .updateTable('counters')
          .set({ value: value + 1 })
          .execute();
      });
    await Promise.all(Array.from({ length: COUNTERS }, count));

    assert.deepEqual(await counters.selectFrom('counters').selectAll().execute(), [{ value: COUNTERS }]);
    assert.ok(attempts > COUNTERS, 'some had to be repeated');
  });

  it('count all statements that are a transaction of their own', async () => {
    const { db } = database;
    await db.insertInto('secrets').values({ name: 'counter', value: '', created_at: 0 }).execute();
    // Connections that are open already, so that the statements meet.
    await Promise.all(Array.from({ length: AT_ONCE }, () => sql`select pg_sleep(0.01)`.execute(db)));
    const count = () => sql`update secrets set value = value || 'x' where name = 'counter'`.execute(db);
    await Promise.all(Array.from({ length: AT_ONCE }, count));
    const { value } = await db
      .selectFrom('secrets')
      .select('value')
      .where('name', '=', 'counter')
      .executeTakeFirstOrThrow();
    assert.equal(value.length, AT_ONCE);
  });

  it('count all attempts', async () => {
    const limiter = createLimiter(database.pool, 'conflicts', { points: 2 * AT_ONCE, duration: 60 });
    await Promise.all(Array.from({ length: AT_ONCE }, () => limiter.consume('somebody')));
    assert.equal((await limiter.get('somebody'))?.consumedPoints, AT_ONCE);
  });
});
