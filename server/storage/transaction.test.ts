import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Kysely } from 'kysely';
import { openDatabase } from './database.ts';
import type { Tables } from './tables.ts';
import { createTestDatabase, onEachEngine } from './testing/engines.ts';
import { signUp } from './testing/fixtures.ts';
import { isRetryable, isUniqueViolation, transaction } from './transaction.ts';

const failure = (details: { code?: string; errcode?: number }) => Object.assign(new Error('engine failure'), details);
const SERIALIZATION_FAILURE = { code: '40001' };

/** A database whose transactions do nothing but run their work. */
const pretendDatabase = {
  transaction: () => ({ execute: (work: (trx: unknown) => Promise<unknown>) => work({}) }),
} as unknown as Kysely<Tables>;

describe('transaction', () => {
  /** Fails so many times, then succeeds. */
  const failing = (times: number, details: { code?: string; errcode?: number }) => {
    let attempts = 0;
    return {
      attempts: () => attempts,
      work: async () => {
        attempts += 1;
        if (attempts <= times) throw failure(details);
        return 'done';
      },
    };
  };

  it('runs again what failed only because of others', async () => {
    for (const details of [
      SERIALIZATION_FAILURE,
      { code: '40P01' },
      { errcode: 5 },
      { errcode: 6 },
      { errcode: 517 },
    ]) {
      const { work, attempts } = failing(2, details);
      assert.equal(await transaction(pretendDatabase, work), 'done');
      assert.equal(attempts(), 3);
    }
  });

  it('gives up after a bounded number of attempts, with the last failure', async () => {
    const { work, attempts } = failing(Number.POSITIVE_INFINITY, SERIALIZATION_FAILURE);
    await assert.rejects(transaction(pretendDatabase, work), SERIALIZATION_FAILURE);
    assert.equal(attempts(), 6);
  });

  it('does not repeat what would fail again', async () => {
    for (const details of [{ code: '23505' }, { errcode: 2067 }, { code: '42601' }, {}]) {
      const { work, attempts } = failing(1, details);
      await assert.rejects(transaction(pretendDatabase, work), /engine failure/);
      assert.equal(attempts(), 1);
    }
  });

  it('knows the failures of both engines', () => {
    assert.ok(!isRetryable('40001') && !isRetryable(undefined) && !isRetryable(null));
    assert.ok(isUniqueViolation(failure({ code: '23505' })));
    assert.ok(isUniqueViolation(failure({ errcode: 2067 })));
    assert.ok(isUniqueViolation(failure({ errcode: 1555 })));
    assert.ok(!isUniqueViolation(failure({ code: '23503' })));
    assert.ok(!isUniqueViolation(failure({ errcode: 787 })), 'a foreign key');
    assert.ok(!isUniqueViolation('23505'));
  });
});

onEachEngine('a transaction', (bench) => {
  it('leaves nothing behind when it fails', async () => {
    const { db } = bench.database;
    const { id } = await signUp(bench.storage, { givenName: 'Before' });
    const attempt = transaction(db, async (trx) => {
      await trx.updateTable('accounts').set({ given_name: 'During' }).where('id', '=', id).execute();
      throw new Error('changed my mind');
    });
    await assert.rejects(attempt, /changed my mind/);
    assert.equal((await bench.storage.realm('production').accounts.find(id))?.givenName, 'Before');
  });

  it('does not mix with what others do on the same connection meanwhile', async () => {
    const { db } = bench.database;
    let meanwhile: Promise<unknown> | undefined;
    const attempt = transaction(db, async (trx) => {
      meanwhile = bench.storage.secrets.ensure('meanwhile');
      await trx.insertInto('secrets').values({ name: 'undone', value: 'x', created_at: 0 }).execute();
      throw new Error('changed my mind');
    });
    await assert.rejects(attempt, /changed my mind/);
    const value = await meanwhile;
    assert.equal(await bench.storage.secrets.ensure('meanwhile'), value);
    const undone = await db.selectFrom('secrets').select('name').where('name', '=', 'undone').executeTakeFirst();
    assert.equal(undone, undefined);
  });
});

describe('transactions that engines isolate by conflict (PostgreSQL, serializable)', () => {
  it('all count in the end, though they have all read the same at first', async () => {
    const COUNTERS = 3;
    const home = await createTestDatabase('PostgreSQL');
    // What CockroachDB and YugabyteDB may do by default.
    const serializable = encodeURIComponent('-c default_transaction_isolation=serializable');
    const { db, close } = openDatabase({
      ...home.settings,
      databaseUrl: `${home.settings.databaseUrl}?options=${serializable}`,
    });
    try {
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
    } finally {
      await close();
      await home.remove();
    }
  });
});
