import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Dialect, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import { CommittedReads } from './committed-reads.ts';
import type { DatabaseHealth } from './database-health.ts';
import { SqliteConnection } from './sqlite-connection.ts';
import { SqliteDriver } from './sqlite-driver.ts';
import type { Tables } from './tables.ts';

/** How long opening waits, at the start of the process: for another process that creates the file, or recovers it. */
const OPEN_TIMEOUT_MS = 5_000;
/** Readers wait only while another process recovers the file. */
const READ_TIMEOUT_MS = 20;
const OWNER_ONLY = 0o600;
const OTHERS = 0o077;

/** Kysely over a SQLite file. Prepared queries of the hot path bypass it. */
export class SqliteKysely extends Kysely<Tables> {
  readonly committed: CommittedReads;
  readonly #driver: SqliteDriver;

  constructor(file: string, health: DatabaseHealth) {
    const open = () => ({
      writer: new SqliteConnection(openFile(file)),
      reader: new SqliteConnection(openForReading(file)),
    });
    const driver = new SqliteDriver(open, health);
    super({ dialect: dialectOf(driver) });
    this.#driver = driver;
    this.committed = new CommittedReads(() => openForReading(file));
  }

  /** Who waits to write to the file. */
  get lines(): SqliteDriver['lines'] {
    return this.#driver.lines;
  }

  override async destroy(): Promise<void> {
    this.committed.close();
    await super.destroy();
  }
}

/** Kysely's SQLite dialect over `node:sqlite`, which comes with Node, so that there is no add-on to compile. */
function dialectOf(driver: SqliteDriver): Dialect {
  return {
    createAdapter: () => new TransactionalSqliteAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new StableQueryCompiler(),
  };
}

/**
 * Writes parameters so that SQLite plans a statement once. For a bare `?` it may look at the value, to see whether an index of some rows has
 * the row, and plans anew each time that another value is bound: for a read of a user, most of the work.
 */
class StableQueryCompiler extends SqliteQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return '+?';
  }
}

class TransactionalSqliteAdapter extends SqliteAdapter {
  /** SQLite's DDL is transactional, so that two processes can migrate at the same moment; Kysely does not use that by default. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }

  /** Otherwise Kysely lets everything wait for one connection, reads for writes among it. */
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

function openFile(file: string): DatabaseSync {
  keepToOwner(file);
  const database = new DatabaseSync(file, { timeout: OPEN_TIMEOUT_MS, enableForeignKeyConstraints: true });
  // WAL: readers and a writer do not wait for each other. FULL: what was acknowledged survives a power cut.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  // From here on, waiting is the driver's business, because SQLite's own stops the event loop.
  database.exec('PRAGMA busy_timeout = 0');
  return database;
}

function openForReading(file: string): DatabaseSync {
  const database = openFile(file);
  database.exec(`PRAGMA query_only = ON; PRAGMA busy_timeout = ${READ_TIMEOUT_MS}`);
  return database;
}

/** SQLite gives the files beside it (`-wal`, `-shm`) the same rights. */
function keepToOwner(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (!existsSync(file)) closeSync(openSync(file, 'a', OWNER_ONLY));
  for (const each of [file, `${file}-wal`, `${file}-shm`]) {
    if (!existsSync(each) || (statSync(each).mode & OTHERS) === 0) continue;
    try {
      chmodSync(each, OWNER_ONLY);
    } catch (error) {
      // Its owner is somebody else, who decides.
      if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
    }
  }
}
