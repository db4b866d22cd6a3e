import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { DatabaseCrowdedError, WriteLockTimeoutError } from './database-errors.ts';
import { DatabaseHealth } from './database-health.ts';
import { GroupCommit } from './group-commit.ts';
import { SqliteConnection, type Statement } from './sqlite-connection.ts';
import { WriteLock } from './write-lock.ts';

/** How long a statement waits for another process. */
const MAX_WAIT_MS = 1_000;

/** A connection that notes what it runs, and fails where a test says so. */
class WatchedConnection extends SqliteConnection {
  readonly ran: string[] = [];
  /** Called before each statement. */
  before: (sql: string) => void = () => {};

  override run<Row>(statement: Statement) {
    this.before(statement.sql);
    this.ran.push(statement.sql);
    return super.run<Row>(statement);
  }
}

describe('statements of one moment', () => {
  let file: string;
  let writer: WatchedConnection;
  let lock: WriteLock;
  let health: DatabaseHealth;
  let group: GroupCommit;

  beforeEach(() => {
    file = join(temporaryDirectory(), 'group.sqlite');
    const database = new DatabaseSync(file);
    database.exec('pragma journal_mode = wal; create table facts (name text primary key)');
    writer = new WatchedConnection(database);
    lock = new WriteLock(MAX_WAIT_MS);
    health = new DatabaseHealth();
    group = new GroupCommit(lock, writer, health);
  });
  afterEach(() => writer.close());

  const insert = (name: string) => group.run({ sql: 'insert into facts values (?)', parameters: [name] });
  const committed = () => {
    const other = new DatabaseSync(file);
    const rows = other.prepare('select name from facts order by name').all();
    other.close();
    return rows.map(({ name }) => name);
  };
  const commits = () => writer.ran.filter((sql) => sql === 'commit').length;

  it('share a commit, and nobody is answered before it', async () => {
    const seen: unknown[][] = [];
    const names = Array.from({ length: 20 }, (_, index) => `name ${String(index).padStart(2, '0')}`);
    await Promise.all(names.map((name) => insert(name).then(() => seen.push(committed()))));
    assert.equal(commits(), 1);
    for (const rows of seen) assert.deepEqual(rows, names);
  });

  it('are committed in groups that have an end', async () => {
    await Promise.all(Array.from({ length: 200 }, (_, index) => insert(`name ${index}`)));
    assert.equal(committed().length, 200);
    assert.equal(commits(), 4);
  });

  it('wait up to a limit, above which the next is refused at once and nothing of it is written', async () => {
    const asked = Array.from({ length: 5_000 }, (_, index) => insert(`name ${index}`));
    assert.equal(group.size, group.max);
    const outcomes = await Promise.allSettled(asked);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    assert.equal(refused.length, 5_000 - group.max);
    for (const { reason } of refused) assert.ok(reason instanceof DatabaseCrowdedError);
    assert.equal(committed().length, group.max);
    assert.equal(health.problems.get('busy'), refused.length);
    assert.equal(group.lost, refused.length);
    await insert('later');
  });

  it('fail alone where only one is wrong', async () => {
    const results = await Promise.allSettled([insert('a'), insert('a'), insert('b')]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    assert.deepEqual(committed(), ['a', 'b']);
  });

  it('fail together where the disk is full, and those after them are written', async () => {
    writer.before = (sql) => {
      if (sql !== 'commit') return;
      writer.before = () => {};
      throw Object.assign(new Error('database or disk is full'), { errcode: 13 });
    };
    const results = await Promise.allSettled([insert('a'), insert('b')]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    assert.deepEqual(committed(), []);
    assert.equal(health.diskProblem, 'full');
    await insert('c');
    assert.deepEqual(committed(), ['c']);
    assert.equal(health.diskProblem, undefined);
  });

  it('fail together where SQLite itself has undone them', async () => {
    writer.before = (sql) => {
      if (!sql.startsWith('insert') || !writer.isInTransaction || commits() > 0) return;
      if (writer.ran.filter((each) => each.startsWith('insert')).length < 2) return;
      writer.before = () => {};
      writer.run({ sql: 'rollback', parameters: [] });
      throw Object.assign(new Error('disk I/O error'), { errcode: 10 });
    };
    const results = await Promise.allSettled([insert('a'), insert('b'), insert('c'), insert('d')]);
    assert.ok(results.every(({ status }) => status === 'rejected'));
    assert.deepEqual(committed(), []);
    await insert('e');
    assert.deepEqual(committed(), ['e']);
  });

  it('keep their place before a transaction that came later', async () => {
    const order: string[] = [];
    const first = insert('a').then(() => order.push('statement'));
    const second = lock.acquire(() => order.push('transaction'));
    await Promise.all([first, second]);
    assert.deepEqual(order, ['statement', 'transaction']);
    lock.release();
  });

  it('are refused when another process keeps the lock for too long, and written afterwards', async () => {
    const other = new DatabaseSync(file);
    other.exec('begin immediate');
    await assert.rejects(insert('a'), WriteLockTimeoutError);
    assert.equal(health.problems.get('busy'), 1);
    other.exec('rollback');
    other.close();
    await insert('b');
    assert.deepEqual(committed(), ['b']);
  });

  it('wait as long as others who come when the first has waited for long', async () => {
    const other = new DatabaseSync(file);
    other.exec('begin immediate');
    let late: Promise<unknown> | undefined;
    const early = insert('early');
    writer.before = () => {
      // Asked again, when the first has waited for nearly too long.
      if (performance.now() - begun > MAX_WAIT_MS / 2) late ??= insert('late');
    };
    const begun = performance.now();
    await assert.rejects(early, WriteLockTimeoutError);
    other.exec('rollback');
    other.close();
    await late;
    assert.deepEqual(committed(), ['late']);
  });
});
