import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { migrate } from './database.ts';
import { createLimiter } from './limiter.ts';
import { createTestDatabase } from './testing/engines.ts';

describe('the counters of limits in PostgreSQL', () => {
  it('leave nothing in a connection, which a pooler may lend to somebody else for the next statement', async () => {
    const database = await createTestDatabase('PostgreSQL');
    try {
      const { db, pool } = database.open();
      await migrate(db);
      const limiter = createLimiter(pool, 'pooled', { points: 5, duration: 60 });
      await limiter.consume('somebody');
      await limiter.reward('somebody');
      await limiter.get('somebody');
      await limiter.delete('somebody');
      assert.equal(pool?.totalCount, 1, 'the connection that was used');
      assert.deepEqual((await pool?.query('select name from pg_prepared_statements'))?.rows, []);
    } finally {
      await database.remove();
    }
  });
});
