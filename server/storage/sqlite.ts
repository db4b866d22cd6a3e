import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Kysely, SqliteAdapter, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';
import { CommittedReads, noteStatement } from './committed-reads.ts';
import type { Tables } from './tables.ts';

/** How long a statement waits for a write of another process. */
const BUSY_TIMEOUT_MS = 5_000;
const MAX_CACHED_STATEMENTS = 256;

/** Kysely over a SQLite file. Prepared queries of the hot path bypass it. */
export class SqliteKysely extends Kysely<Tables> {
  readonly committed: CommittedReads;

  constructor(file: string) {
    super({ dialect: new NodeSqliteDialect(file) });
    this.committed = new CommittedReads(() => open(file));
  }

  override async destroy(): Promise<void> {
    this.committed.close();
    await super.destroy();
  }
}

/** Kysely's SQLite dialect over `node:sqlite`, which comes with Node, so that there is no add-on to compile. */
class NodeSqliteDialect extends SqliteDialect {
  constructor(file: string) {
    super({ database: async () => new Connection(open(file)) });
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalSqliteAdapter();
  }
}

/** SQLite's DDL is transactional, so that two processes can migrate at the same moment; Kysely does not use that by default. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function open(file: string): DatabaseSync {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
  // WAL: readers and a writer do not wait for each other. FULL: what was acknowledged survives a power cut.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  return database;
}

/** What Kysely expects of a driver. Prepared statements are kept, because every request runs the same few. */
class Connection implements SqliteDatabase {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, Statement>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  prepare(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known) return known;
    // Transactions take the write lock at once, because upgrading a read lock fails when another process has written meanwhile.
    const statement = new Statement(this.#database.prepare(sql === 'begin' ? 'begin immediate' : sql));
    if (this.#statements.size >= MAX_CACHED_STATEMENTS) this.#statements.clear();
    this.#statements.set(sql, statement);
    return statement;
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }
}

class Statement implements SqliteStatement {
  readonly #statement: StatementSync;
  readonly reader: boolean;

  constructor(statement: StatementSync) {
    this.#statement = statement;
    this.reader = statement.columns().length > 0;
  }

  all(parameters: readonly unknown[]): unknown[] {
    noteStatement();
    return this.#statement.all(...(parameters as SQLInputValue[]));
  }

  run(parameters: readonly unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint } {
    noteStatement();
    return this.#statement.run(...(parameters as SQLInputValue[]));
  }

  iterate(parameters: readonly unknown[]): IterableIterator<unknown> {
    return this.#statement.iterate(...(parameters as SQLInputValue[]));
  }
}
