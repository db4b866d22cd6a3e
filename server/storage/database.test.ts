import assert from 'node:assert/strict';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { until } from '../../scripts/testing/until.ts';
import { explainStartFailure } from '../start-failure.ts';
import { type Database, migrate, openDatabase } from './database.ts';
import { problemOf } from './database-errors.ts';
import { randomId } from './ids.ts';
import { createStorage } from './index.ts';
import { LaterDatabaseError, readMigrationState } from './migration-state.ts';
import { migrations } from './migrations/index.ts';
import { createTestDatabase, ENGINES, onEachEngine, type TestDatabase } from './testing/engines.ts';
import { registerShop, signUp } from './testing/fixtures.ts';
import { ServerProcess } from './testing/server-process.ts';

const MIGRATIONS = Object.keys(migrations);
/** More than two, so that one waits while others pass. */
const PROCESSES = 3;

/** An empty database for the time of one test. */
async function withEmptyDatabase(engine: (typeof ENGINES)[number], test: (home: TestDatabase) => Promise<void>) {
  const home = await createTestDatabase(engine);
  try {
    await test(home);
  } finally {
    await home.remove();
  }
}

/** Several server processes on one database. */
async function withProcesses(home: TestDatabase, test: (servers: ServerProcess[]) => Promise<void>) {
  const starts = await Promise.allSettled(Array.from({ length: PROCESSES }, () => ServerProcess.start(home.settings)));
  const servers = starts.filter((start) => start.status === 'fulfilled').map((start) => start.value);
  try {
    assert.equal(servers.length, PROCESSES, 'every process started');
    await test(servers);
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

for (const engine of ENGINES) {
  describe(`migrate (${engine})`, () => {
    it('brings an empty database up to date, once', () =>
      withEmptyDatabase(engine, async (home) => {
        const { db } = home.open();
        assert.deepEqual(await migrate(db), MIGRATIONS);
        assert.deepEqual(await migrate(db), []);
        assert.deepEqual(await createStorage({ db }).appReviews.list(), []);
      }));

    it('keeps what is there', () =>
      withEmptyDatabase(engine, async (home) => {
        const first = home.open();
        await migrate(first.db);
        const { id } = await signUp(createStorage(first));
        await first.close();
        const second = home.open();
        await migrate(second.db);
        assert.ok(await createStorage(second).realm('production').accounts.find(id));
      }));

    it('gives mails and invitations of before the keys of their addresses, and leaves accounts of no app as they are', () =>
      withEmptyDatabase(engine, async (home) => {
        const { db } = home.open();
        const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
        await migrator.migrateTo('017-app-review');
        const storage = createStorage({ db });
        const appId = 'shop';
        await sql`insert into apps (id, name, fields, created_at, updated_at)
          values (${appId}, 'Shop', '[]', 1, 1)`.execute(db);
        const id = 'ada';
        await sql`insert into accounts (id, realm, email, email_key, email_verified_at, created_at, updated_at)
          values (${id}, 'sandbox', 'ada@example.com', 'ada@example.com', 1, 1, 1)`.execute(db);
        // More than are read at once.
        await sql`with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < 1200)
          insert into mails (id, recipient, subject, text, attempts, created_at)
          select 'm' || n, 'ÄNNE' || n || '@Bücher.example', 's', 't', 0, 1 from numbers`.execute(db);
        await sql`insert into app_invitations (id, app_id, email, role, code_hash, expires_at, created_at)
          values ('i', ${appId}, 'ÉVA@example.com', 'owner', 'h', 1, 1)`.execute(db);

        assert.deepEqual(await migrate(db), MIGRATIONS.slice(MIGRATIONS.indexOf('017-app-review') + 1));
        const mails = await db.selectFrom('mails').select(['id', 'recipient_key']).execute();
        assert.equal(mails.length, 1200);
        for (const mail of mails) assert.equal(mail.recipient_key, `änne${mail.id.slice(1)}@xn--bcher-kva.example`);
        const invitation = await db.selectFrom('app_invitations').select('email_key').executeTakeFirst();
        assert.equal(invitation?.email_key, 'éva@example.com');
        const { accounts } = storage.realm('sandbox');
        assert.equal((await accounts.find(id))?.appId, undefined);
        assert.equal(await accounts.isVerified('ada@example.com', undefined), true);
        assert.equal(await accounts.isVerified('ada@example.com', appId), true, 'somebody who can sign in there');
      }));

    it('refuses a database that a later version has used, and leaves it as it is', () =>
      withEmptyDatabase(engine, async (home) => {
        const { db } = home.open();
        const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
        await migrator.migrateTo(MIGRATIONS.at(-2) ?? '');
        const timestamp = new Date().toISOString();
        await sql`insert into kysely_migration (name, timestamp) values ('999-later', ${timestamp})`.execute(db);
        await assert.rejects(migrate(db), (error: Error) => {
          assert.ok(error instanceof LaterDatabaseError);
          assert.match(
            explainStartFailure(error) ?? '',
            /later version, which has added 999-later\. Install that version/,
          );
          return true;
        });
        assert.deepEqual(await readMigrationState(db), { pending: MIGRATIONS.slice(-1), unknown: ['999-later'] });
      }));

    it('removes tokens of the doctor from among the installation’s own secrets, which stay', () =>
      withEmptyDatabase(engine, async (home) => {
        const { db } = home.open();
        const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
        await migrator.migrateTo('031-widget-versions');
        const names = ['csrf', 'cookies:production', `diagnostics ${'a'.repeat(64)}`];
        const rows = names.map((name) => ({ name, value: '', created_at: 1 }));
        await db.insertInto('secrets').values(rows).execute();
        await migrate(db);
        const left = await db.selectFrom('secrets').select('name').execute();
        assert.deepEqual(left.map(({ name }) => name).toSorted(), ['cookies:production', 'csrf']);
      }));

    it('leaves nothing half done', () =>
      withEmptyDatabase(engine, async (home) => {
        const { db } = home.open();
        // Takes the name of one of the last tables, so that everything before it has to be undone.
        await db.schema.createTable('mails').addColumn('stranger', 'text').execute();
        await assert.rejects(migrate(db), /mails/);
        const tables = await db.introspection.getTables();
        assert.deepEqual(
          tables.map(({ name }) => name),
          ['mails'],
        );
      }));
  });

  describe(`several processes that start at once (${engine})`, () => {
    it('migrate the same empty database, and nothing that they write then is lost', () =>
      withEmptyDatabase(engine, (home) =>
        withProcesses(home, async (servers) => {
          const ran = await Promise.all(servers.map((server) => server.do('migrate')));
          assert.deepEqual(ran.flat(), MIGRATIONS, 'each migration ran in one of them');

          const EACH = 25;
          const registered = await Promise.all(servers.map((server) => server.do('register', EACH)));
          const { db } = home.open();
          const storage = createStorage({ db });
          const stored = {
            accountIds: (await db.selectFrom('accounts').select('id').execute()).map(({ id }) => id),
            appIds: (await db.selectFrom('apps').select('id').execute()).map(({ id }) => id),
          };
          assert.equal(stored.accountIds.length, PROCESSES * EACH);
          assert.deepEqual(stored.accountIds.sort(), registered.flatMap(({ accountIds }) => accountIds).sort());
          assert.deepEqual(stored.appIds.sort(), registered.flatMap(({ appIds }) => appIds).sort());

          const begun = await Promise.all(servers.map((server) => server.do('begin')));
          assert.equal(new Set(begun.map(({ secret }) => secret)).size, 1, 'they share one secret');
          assert.equal(new Set(begun.flatMap(({ keyIds }) => keyIds)).size, 1, 'they sign with one key');

          const { clientId } = await registerShop(storage);
          const users = await Promise.all(
            servers.map((server) => server.do('ensureUsers', clientId, stored.accountIds)),
          );
          for (const ids of users) assert.deepEqual(ids, users[0], 'a person is the same user to all of them');
          assert.equal(new Set(users[0]).size, stored.accountIds.length);

          const codes = Array.from({ length: 50 }, () => randomId());
          for (const code of codes)
            await storage.realm('production').oidcRecords.save('AuthorizationCode', code, {}, 60);
          const consumed = await Promise.all(servers.map((server) => server.do('consume', codes)));
          assert.equal(
            consumed.reduce((sum, count) => sum + count),
            codes.length,
            'each code worked in one of them',
          );
        }),
      ));
  });
}

describe('migrate (PostgreSQL), many times over one pool and several', () => {
  it('runs each migration once', () =>
    withEmptyDatabase('PostgreSQL', async (home) => {
      const databases = [home.open(), home.open(), home.open()];
      const ran = await Promise.all([...databases, ...databases].map(({ db }) => migrate(db)));
      assert.deepEqual(ran.flat(), MIGRATIONS);
    }));
});

onEachEngine('a database', (context) => {
  it('answers a ping', async () => {
    await context.database.ping();
  });

  it('gives times back as numbers', async () => {
    await signUp(context.storage);
    const row = await context.database.db.selectFrom('accounts').select('created_at').executeTakeFirstOrThrow();
    assert.equal(typeof row.created_at, 'number');
  });

  it('lets so many writers wait, refuses the others at once, and works on', async () => {
    const { database } = context;
    const write = (number: number) =>
      database.db
        .insertInto('secrets')
        .values({ name: `flood ${number}`, value: '', created_at: 0 })
        .execute();
    const outcomes = await Promise.allSettled(Array.from({ length: 4_000 }, (_, number) => write(number)));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    assert.ok(refused.length > 2_000 && refused.length < 3_100, `${refused.length} refused`);
    for (const { reason } of refused) assert.equal(problemOf(reason), 'busy');
    const lines = Object.values(database.lines());
    assert.equal(
      lines.reduce((sum, { lost }) => sum + lost, 0),
      refused.length,
    );
    for (const { size } of lines) assert.equal(size, 0);
    await write(4_000);
    await database.db.deleteFrom('secrets').where('name', 'like', 'flood %').execute();
  });

  it('offers its connections to libraries only where it has a pool', () => {
    assert.equal(context.database.pool !== undefined, context.engine === 'PostgreSQL');
  });
});

describe('openDatabase (SQLite)', () => {
  it('makes the directory, for its owner only', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'signup-sqlite-'));
    try {
      const dataDir = join(parent, 'deep', 'data');
      const database = openDatabase({ databaseUrl: undefined, dataDir });
      await database.ping();
      await database.close();
      if (process.platform !== 'win32') assert.equal((await stat(dataDir)).mode & 0o077, 0);
      assert.ok((await stat(join(dataDir, 'platform.sqlite'))).isFile());
    } finally {
      await rm(parent, { recursive: true, force: true });
    }
  });

  it('waits for the disk and for other processes, and keeps references whole', () =>
    withEmptyDatabase('SQLite', async (home) => {
      const { db } = home.open();
      const setting = async (name: string) =>
        Object.values((await sql.raw<object>(`pragma ${name}`).execute(db)).rows[0] ?? {})[0];
      const FULL = 2;
      assert.equal(await setting('journal_mode'), 'wal');
      assert.equal(await setting('synchronous'), FULL);
      assert.equal(await setting('busy_timeout'), 0);
      assert.equal(await setting('foreign_keys'), 1);
    }));

  it('says so when it is out of reach', async () => {
    const database = openDatabase({ databaseUrl: undefined, dataDir: '/dev/null/nowhere' });
    await assert.rejects(database.ping());
    await database.close();
  });
});

describe('openDatabase (PostgreSQL)', () => {
  it('says so when it is out of reach, without telling the password', async () => {
    const databaseUrl = 'postgres://postgres:hunter2hunter2@127.0.0.1:1/nowhere';
    const database = openDatabase({ databaseUrl, dataDir: tmpdir() });
    await assert.rejects(database.ping(), (error: Error) => !`${error.message}${error.stack}`.includes('hunter2'));
    await database.close();
  });

  it('answers a ping while all connections are in use and others wait for one', () =>
    withEmptyDatabase('PostgreSQL', async (home) => {
      const database = home.open();
      const { pool, db } = database;
      assert.ok(pool);
      const held = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()));
      const waiting = Array.from({ length: 20 }, () => sql`select 1`.execute(db));
      try {
        await until(() => pool.waitingCount === 20);
        await database.ping();
        assert.equal(pool.waitingCount, 20, 'before any of those who wait had their turn');
      } finally {
        for (const client of held) client.release();
      }
      await Promise.all(waiting);
    }));

  it('outlives its connections when the server ends them, idle or in use', () =>
    withEmptyDatabase('PostgreSQL', async (home) => {
      const [database, administrator] = [home.open(), home.open()];
      const others = sql`from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
      const endOtherConnections = async () => {
        await sql`select pg_terminate_backend(pid) ${others}`.execute(administrator.db);
        await until(async () => (await sql`select pid ${others}`.execute(administrator.db)).rows.length === 0);
      };

      await database.ping();
      await endOtherConnections();
      await answersAgain(database);

      const interrupted = database.db.transaction().execute(async (trx) => {
        await sql`select 1`.execute(trx);
        await endOtherConnections();
        await sql`select 1`.execute(trx);
      });
      await assert.rejects(interrupted);
      await answersAgain(database);
    }));
});

/** The pool may hand out a connection or two before it learns that they have ended. */
async function answersAgain(database: Database): Promise<void> {
  const ask = () => Promise.all([database.ping(), sql`select 1`.execute(database.db)]);
  await until(() =>
    ask().then(
      () => true,
      () => false,
    ),
  );
}
