import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import type { CommittedReads } from './committed-reads.ts';
import { DatabaseHealth } from './database-health.ts';
import { SqliteKysely } from './sqlite.ts';

const READ = 'select value from facts where name = ? and realm = ?';

describe('reads of what is committed', () => {
  const file = join(temporaryDirectory(), 'facts.sqlite');
  let db: SqliteKysely;
  /** What another process writes: nothing in this one hears of it. */
  let stranger: DatabaseSync;
  let reads: CommittedReads;

  before(async () => {
    db = new SqliteKysely(file, new DatabaseHealth());
    reads = db.committed;
    await sql`create table facts (name text, realm text, value text)`.execute(db);
    stranger = new DatabaseSync(file);
  });
  after(async () => {
    stranger.close();
    await db.destroy();
  });

  const write = (name: string, value: string) => sql`insert into facts values (${name}, 'r', ${value})`.execute(db);
  const asItIs = (row: { value: string }) => row;
  const read = (name: string) => reads.first(READ, [name, 'r'], asItIs)?.value;

  it('keep a row as long as nobody commits anything', async () => {
    await write('kept', 'as it was');
    const row = reads.first(READ, ['kept', 'r'], asItIs);
    await nextTurn();
    const { hits, misses } = reads.counts;
    assert.equal(reads.first(READ, ['kept', 'r'], asItIs), row);
    assert.deepEqual(reads.counts, { hits: hits + 1, misses });
    reads.first(READ, ['nobody', 'r'], asItIs);
    assert.deepEqual(reads.counts, { hits: hits + 1, misses: misses + 1 });
  });

  it('know at once what this process writes', async () => {
    await write('own', 'before');
    assert.equal(read('own'), 'before');
    await sql`update facts set value = 'after' where name = 'own'`.execute(db);
    assert.equal(read('own'), 'after');
    await sql`delete from facts where name = 'own'`.execute(db);
    assert.equal(read('own'), undefined);
    await write('own', 'again');
    assert.equal(read('own'), 'again', 'that there was nothing is not kept');
  });

  it('know what another process has committed as soon as the event loop has turned', async () => {
    for (const value of ['first', 'second', 'third']) {
      stranger.exec(`delete from facts where name = 'foreign'; insert into facts values ('foreign', 'r', '${value}')`);
      await nextTurn();
      assert.equal(read('foreign'), value);
    }
    stranger.exec("delete from facts where name = 'foreign'");
    await nextTurn();
    assert.equal(read('foreign'), undefined);
  });

  it('neither see nor wait for a transaction that is under way, here or elsewhere', async () => {
    await write('moving', 'before');
    await db.transaction().execute(async (trx) => {
      await sql`update facts set value = 'half' where name = 'moving'`.execute(trx);
      assert.equal(read('moving'), 'before');
    });
    assert.equal(read('moving'), 'half');
    stranger.exec("begin immediate; update facts set value = 'undone' where name = 'moving'");
    await nextTurn();
    assert.equal(read('moving'), 'half');
    stranger.exec('rollback');
    await nextTurn();
    assert.equal(read('moving'), 'half');
  });

  it('tell parameters apart, wherever one ends and the other begins', async () => {
    await sql`insert into facts values ('a', 'b,c', 'one'), ('a,b', 'c', 'two'), ('a","b', 'c', 'three'),
      ('1:a', 'b', 'four'), ('1', 'a1:b', 'five')`.execute(db);
    const found = [
      ['a', 'b,c'],
      ['a,b', 'c'],
      ['a","b', 'c'],
      ['a', 'b","c'],
      ['1:a', 'b'],
      ['1', 'a1:b'],
    ].map((parameters) => reads.first(READ, parameters, asItIs)?.value);
    assert.deepEqual(found, ['one', 'two', 'three', undefined, 'four', 'five']);
  });

  it('stay right when there are more rows than are kept', async () => {
    const COUNT = 5_000;
    stranger.exec('begin');
    const insert = stranger.prepare("insert into facts values (?, 'many', ?)");
    for (let index = 0; index < COUNT; index += 1) insert.run(`name ${index}`, `value ${index}`);
    stranger.exec('create index facts_by_name on facts (name); commit');
    await nextTurn();
    for (const _round of [1, 2]) {
      for (let index = 0; index < COUNT; index += 1) {
        assert.equal(reads.first(READ, [`name ${index}`, 'many'], asItIs)?.value, `value ${index}`);
      }
    }
  });

  it('are over when the database is closed', async () => {
    const closing = new SqliteKysely(file, new DatabaseHealth());
    closing.committed.first(READ, ['kept', 'r'], asItIs);
    await closing.destroy();
    assert.throws(() => closing.committed.first(READ, ['kept', 'r'], asItIs), /closed/);
  });
});
