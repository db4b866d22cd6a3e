import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { type Database, migrate, openDatabase } from '../database.ts';
import { createStorage, type Storage } from '../index.ts';
import { type PostgresCluster, startPostgres } from './postgres.ts';

export const ENGINES = ['SQLite', 'PostgreSQL'] as const;
export type Engine = (typeof ENGINES)[number];

/** What {@link openDatabase} takes. */
export type DatabaseSettings = Parameters<typeof openDatabase>[0];

/** A database of one's own and the connections to it. */
export class TestDatabase {
  readonly engine: Engine;
  readonly settings: DatabaseSettings;
  readonly #opened: Database[] = [];

  constructor(engine: Engine, settings: DatabaseSettings) {
    this.engine = engine;
    this.settings = settings;
  }

  /** Connects anew, as one more server process would; {@link remove} closes it. */
  open(): Database {
    const database = openDatabase(this.settings);
    this.#opened.push(database);
    return database;
  }

  async remove(): Promise<void> {
    for (const database of this.#opened) await database.close();
    if (this.engine === 'SQLite') await rm(this.settings.dataDir, { recursive: true, force: true });
  }
}

/** Makes an empty database; only the caller knows it. PostgreSQL is started the first time it is asked for. */
export async function createTestDatabase(engine: Engine): Promise<TestDatabase> {
  if (engine === 'SQLite') {
    const dataDir = await mkdtemp(join(tmpdir(), 'signup-sqlite-'));
    return new TestDatabase(engine, { databaseUrl: undefined, dataDir });
  }
  cluster ??= startPostgres();
  return new TestDatabase(engine, { databaseUrl: await (await cluster).createDatabase(), dataDir: tmpdir() });
}

/** What the tests of one suite share: a database with the current schema, and two independent ways into it. */
export interface EngineContext {
  readonly engine: Engine;
  readonly database: Database;
  readonly storage: Storage;
  /** The same database through connections of its own, as another server process has them. */
  readonly elsewhere: { readonly database: Database; readonly storage: Storage };
}

/** Runs the same tests on every engine, each on a fresh database. `context` is filled by the time a test runs. */
export function onEachEngine(subject: string, tests: (context: EngineContext) => void): void {
  for (const engine of ENGINES) {
    describe(`${subject} (${engine})`, () => {
      const context = { engine } as { -readonly [Part in keyof EngineContext]: EngineContext[Part] };
      let home: TestDatabase | undefined;
      before(async () => {
        home = await createTestDatabase(engine);
        const [database, other] = [home.open(), home.open()];
        await migrate(database.db);
        context.database = database;
        context.storage = createStorage(database);
        context.elsewhere = { database: other, storage: createStorage(other) };
      });
      after(() => home?.remove());
      tests(context);
    });
  }
}

/** One for all suites of a process. */
let cluster: Promise<PostgresCluster> | undefined;

after(async () => {
  await (await cluster?.catch(() => undefined))?.stop();
});
