import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it, type TestContext } from 'node:test';
import { type RawBuilder, sql } from 'kysely';
import { readConfig } from '#config.ts';
import { migrate } from '#storage/database.ts';
import { createTestDatabase, ENGINES, type Engine, type TestDatabase } from '#storage/testing/engines.ts';
import { freePort } from '#testing/free-port.ts';
import { nextMillisecond } from '../../../../scripts/testing/until.ts';
import { judgeDatabaseFailure } from './database-failure.ts';
import { examine } from './examine.ts';
import { type Finding, notChecked, ok, problem, type Subject, warning, worstOf } from './finding.ts';
import { examineDatabase } from './installed.ts';

type Found = ReadonlyMap<Subject, Finding>;

/** What the doctor says of a database with a fault. No server runs. */
async function found({ databaseUrl, dataDir }: TestDatabase['settings']): Promise<Found> {
  const env = {
    PUBLIC_URL: `http://localhost:${await freePort()}`,
    ...(databaseUrl ? { DATABASE_URL: databaseUrl } : { DATA_DIR: dataDir }),
  };
  const findings = await examine(readConfig(env, { sendsMail: false }));
  return new Map(findings.map((finding) => [finding.code, finding]));
}

async function migrated(test: TestContext, engine: Engine): Promise<TestDatabase> {
  const home = await createTestDatabase(engine);
  test.after(() => home.remove());
  await migrate(home.open().db);
  return home;
}

async function after(home: TestDatabase, ...faults: RawBuilder<unknown>[]): Promise<Found> {
  const { db } = home.open();
  for (const fault of faults) await fault.execute(db);
  return found(home.settings);
}

function assertProblem(all: Found, code: Subject, message: RegExp, advice: RegExp): void {
  const finding = all.get(code);
  assert.equal(finding?.level, 'problem', JSON.stringify([...all.values()], null, 2));
  assert.match(finding.message, message);
  assert.match(finding.advice ?? '', advice);
  assert.doesNotMatch(JSON.stringify([...all.values()]), /out of reach/);
}

const levels = (all: Found, ...codes: Subject[]) => codes.map((code) => all.get(code)?.level);

for (const engine of ENGINES) {
  describe(`the doctor on a database with a fault (${engine})`, () => {
    it('says that one of its tables is gone, and what the others tell', async (test) => {
      const all = await after(await migrated(test, engine), sql`drop table mails`);
      assertProblem(all, 'migrations', /not those that.*mails/, /Restore a backup/);
      assert.deepEqual(levels(all, 'database', 'backups', 'mail_queue'), ['ok', 'warning', 'not_checked']);
      assert.match(all.get('mail_queue')?.message ?? '', /see the finding migrations/);
    });

    it('says that a column is gone', async (test) => {
      const all = await after(
        await migrated(test, engine),
        sql`alter table diagnostic_tokens rename column expires_at to ends_at`,
      );
      assertProblem(all, 'migrations', /expires_at/, /Restore a backup/);
      assert.deepEqual(levels(all, 'database', 'mail_queue', 'server'), ['ok', 'ok', 'not_checked']);
      assert.match(all.get('server')?.message ?? '', /Without a token.*see the finding migrations/);
    });

    it('says that it lacks migrations, and that a later version has used it', async (test) => {
      const lacks = await after(
        await migrated(test, engine),
        sql`delete from kysely_migration where name = '032-diagnostic-tokens'`,
      );
      assert.deepEqual(levels(lacks, 'database', 'migrations', 'server'), ['ok', 'warning', 'not_checked']);
      const later = await after(
        await migrated(test, engine),
        sql`insert into kysely_migration (name, timestamp) values ('999-later', '')`,
        sql`drop table diagnostic_tokens`,
      );
      assertProblem(later, 'migrations', /999-later/, /Install that version again/);
    });

    it('has nothing to say of one without', async (test) => {
      const all = await found((await migrated(test, engine)).settings);
      assert.deepEqual(levels(all, 'database', 'migrations', 'mail_queue'), ['ok', 'ok', 'ok']);
      assert.equal(all.get('server')?.level, 'problem');
    });
  });
}

describe('the doctor on PostgreSQL', () => {
  /** A migrated database, and a way into it for a user who is no superuser. */
  async function withUser(test: TestContext, name: string) {
    const home = await migrated(test, 'PostgreSQL');
    await sql.raw(`create role ${name} login password 'of-${name}'`).execute(home.open().db);
    const url = new URL(home.settings.databaseUrl ?? '');
    url.username = name;
    url.password = `of-${name}`;
    return { home, asUser: { ...home.settings, databaseUrl: url.href } };
  }
  const changed = ({ settings }: TestDatabase, change: (url: URL) => void) => {
    const url = new URL(settings.databaseUrl ?? '');
    change(url);
    return { ...settings, databaseUrl: url.href };
  };

  it('says that it cannot be written, and what is read from it', async (test) => {
    const home = await migrated(test, 'PostgreSQL');
    const name = new URL(home.settings.databaseUrl ?? '').pathname.slice(1);
    const all = await after(home, sql.raw(`alter database ${name} set default_transaction_read_only = on`));
    assertProblem(
      all,
      'database',
      /read and not written.*read-only transaction/,
      /primary.*default_transaction_read_only/,
    );
    assert.deepEqual(levels(all, 'migrations', 'mail_queue', 'backups'), ['ok', 'ok', 'warning']);
  });

  it('says that a right is missing to write, and that one is missing to read', async (test) => {
    const { home, asUser } = await withUser(test, 'limited');
    await sql`grant select on all tables in schema public to limited`.execute(home.open().db);
    const writes = await found(asUser);
    assertProblem(writes, 'database_settings', /lacks a right.*diagnostic_tokens/, /owner/);
    assert.deepEqual(levels(writes, 'database', 'migrations', 'mail_queue'), ['ok', 'ok', 'ok']);
    await sql`revoke select on mails from limited`.execute(home.open().db);
    const reads = await found(asUser);
    assertProblem(reads, 'database_settings', /lacks a right.*mails/, /owner/);
    assert.deepEqual(levels(reads, 'database', 'mail_queue', 'backups'), ['ok', 'not_checked', 'warning']);
    await sql`revoke all on all tables in schema public from limited`.execute(home.open().db);
    assertProblem(await found(asUser), 'database_settings', /lacks a right/, /owner/);
  });

  it('says that its disk is full', async (test) => {
    const home = await migrated(test, 'PostgreSQL');
    // As PostgreSQL says it, which does not end where a test can fill a disk.
    const all = await after(
      home,
      sql`create function no_room() returns trigger language plpgsql as $$
        begin raise exception 'could not extend file "base/1/2": No space left on device' using errcode = '53100'; end $$`,
      sql`create trigger no_room before insert on diagnostic_tokens for each row execute function no_room()`,
    );
    assertProblem(all, 'database_disk', /full.*No space left/, /Make room/);
    assert.deepEqual(levels(all, 'database', 'mail_queue'), ['ok', 'ok']);
  });

  it('says that it does not let us in, and that it has no such database', async (test) => {
    const home = await migrated(test, 'PostgreSQL');
    const password = await found(changed(home, (url) => (url.password = 's3cr3t-and-wrong')));
    assertProblem(password, 'database', /does not let us in.*password authentication failed/, /DATABASE_URL.*pg_hba/);
    assert.doesNotMatch(JSON.stringify([...password.values()]), /s3cr3t-and-wrong/);
    const name = await found(changed(home, (url) => (url.pathname = '/nowhere')));
    assertProblem(name, 'database', /"nowhere" does not exist/, /createdb/);
  });

  it('says that it has no TLS', async (test) => {
    const home = await migrated(test, 'PostgreSQL');
    const all = await found(changed(home, (url) => url.searchParams.set('sslmode', 'verify-full')));
    assertProblem(all, 'database', /do not agree on TLS/, /sslmode/);
  });

  it('compares clocks as they were when it asked, however long the public address takes', async (test) => {
    const home = await migrated(test, 'PostgreSQL');
    let askedAtMs = 0;
    const { clocks } = await examineDatabase(home.open(), home.settings, async () => {
      askedAtMs = Date.now();
      await nextMillisecond();
      return { findings: [], clocks: [] };
    });
    assert.deepEqual(
      clocks.map(({ whose }) => whose),
      ['the database'],
    );
    assert.ok((clocks[0]?.readAtMs ?? Number.NaN) <= askedAtMs);
  });

  it('says that nobody is there, and nothing else', async (test) => {
    const home = await migrated(test, 'PostgreSQL');
    const port = String(await freePort());
    const all = await found(changed(home, (url) => (url.port = port)));
    assert.match(all.get('database')?.message ?? '', /out of reach: .*ECONNREFUSED/);
    assert.deepEqual(levels(all, 'migrations', 'database_settings', 'backups'), Array(3).fill('not_checked'));
    assert.match(all.get('backups')?.message ?? '', /see the finding database\./);
  });
});

describe('the doctor on SQLite', () => {
  it('says that the file is no database', async (test) => {
    const home = await createTestDatabase('SQLite');
    test.after(() => home.remove());
    writeFileSync(join(home.settings.dataDir, 'platform.sqlite'), 'no database at all'.repeat(1_000));
    assertProblem(await found(home.settings), 'database', /damaged, or is none/, /latest backup/);
  });

  it('says that the file is damaged', async (test) => {
    const home = await migrated(test, 'SQLite');
    const file = join(home.settings.dataDir, 'platform.sqlite');
    const whole = new DatabaseSync(file);
    whole.exec('pragma wal_checkpoint(truncate)');
    // Its indexes, too, because what they tell is not read from the table.
    const roots = whole.prepare(`select rootpage from sqlite_schema where tbl_name = 'mails'`).all();
    const { page_size: pageSize } = whole.prepare('pragma page_size').get() ?? {};
    whole.close();
    const bytes = readFileSync(file);
    for (const { rootpage } of roots)
      bytes.fill(0xff, (Number(rootpage) - 1) * Number(pageSize), Number(rootpage) * Number(pageSize));
    writeFileSync(file, bytes);
    const all = await found(home.settings);
    assertProblem(all, 'database', /damaged, or is none: .*malformed/, /latest backup/);
    assert.deepEqual(levels(all, 'mail_queue', 'backups', 'server'), ['not_checked', 'warning', 'problem']);
  });

  it('says that the file may not be written, and what is read from it', async (test) => {
    const home = await migrated(test, 'SQLite');
    const database = home.open();
    await sql`pragma query_only = on`.execute(database.db);
    const asked: (string | undefined)[] = [];
    const { findings } = await examineDatabase(database, home.settings, async (token) => {
      asked.push(token);
      return { findings: [], clocks: [] };
    });
    const problems = findings.filter(({ level }) => level === 'problem');
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['files'],
    );
    assert.match(`${problems[0]?.message} ${problems[0]?.advice}`, /may not write.*readonly.*sudo -u platform/);
    assert.ok(findings.some(({ code, level }) => code === 'mail_queue' && level === 'ok'));
    assert.deepEqual(asked, [undefined]);
  });

  it('says that another program keeps it locked', async (test) => {
    const home = await migrated(test, 'SQLite');
    const other = new DatabaseSync(join(home.settings.dataDir, 'platform.sqlite'));
    test.after(() => other.close());
    other.exec('begin immediate');
    const all = await found(home.settings);
    assertProblem(all, 'database', /another program keeps it locked/, /migration, a backup/);
    assert.deepEqual(levels(all, 'migrations', 'mail_queue'), ['ok', 'ok']);
  });
});

describe('a failure that no test can make', () => {
  const failure = (message: string, codes: { code?: string; errcode?: number }) =>
    judgeDatabaseFailure(Object.assign(new Error(message), codes));
  for (const [message, codes, code, words] of [
    ['database or disk is full', { code: 'ERR_SQLITE_ERROR', errcode: 13 }, 'database_disk', /full.*Make room/],
    ['disk I/O error', { code: 'ERR_SQLITE_ERROR', errcode: 3338 }, 'database_disk', /another disk/],
    ['unable to open database file', { code: 'ERR_SQLITE_ERROR', errcode: 14 }, 'files', /user of the server/],
    ['EACCES: permission denied', { code: 'EACCES' }, 'files', /user of the server/],
    ['could not read block 7', { code: '58030' }, 'database_disk', /another disk/],
    ['invalid page in block 7', { code: 'XX001' }, 'database', /damaged.*backup/],
    ['sorry, too many clients already', { code: '53300' }, 'database', /no connection free.*max_connections/],
    ['the database system is starting up', { code: '57P03' }, 'database', /out of reach/],
    ['self-signed certificate', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'database', /TLS.*sslrootcert/],
    ['unsupported feature', { code: '0A000' }, 'database', /does not know: unsupported feature/],
  ] as const) {
    it(`is ${code} with ${message}`, () => {
      const finding = failure(message, codes);
      assert.deepEqual([finding.code, finding.level], [code, 'problem']);
      assert.match(`${finding.message} ${finding.advice}`, words);
    });
  }
});

describe('the worst of one subject', () => {
  it('says what is equally bad, once, and nothing of what is better', () => {
    const [first, second] = [problem('database', 'A.', 'Mend A.'), problem('database', 'B.', 'Mend B.')];
    const better = [ok('database', 'Fine.'), warning('database', 'Old.', 'Upgrade.'), notChecked('database', 'No.')];
    assert.deepEqual(worstOf([...better, first, second, first]), problem('database', 'A. B.', 'Mend A. Mend B.'));
    assert.deepEqual(worstOf(better), better[1]);
    assert.equal(worstOf([]), undefined);
  });
});
