import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';
import { transaction } from './transaction.ts';

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
});
