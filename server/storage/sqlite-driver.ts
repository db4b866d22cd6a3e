import { setTimeout as delay } from 'node:timers/promises';
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import type { Bound } from '../load/bound.ts';
import { noteStatement } from './committed-reads.ts';
import { DatabaseCrowdedError, isBusy, WriteLockTimeoutError } from './database-errors.ts';
import type { DatabaseHealth } from './database-health.ts';
import { GroupCommit } from './group-commit.ts';
import type { SqliteConnection, Statement } from './sqlite-connection.ts';
import { tracedStatement } from './trace-statements.ts';
import { WriteLock } from './write-lock.ts';

/** Readers wait for nobody but a process that recovers the file after a crash, which takes a moment. */
const MAX_READ_ATTEMPTS = 100;
const READ_PAUSE_MS = 10;
const BEGIN = 'begin immediate';

/** Who waits for a file that has not been opened. */
const NOBODY: Bound = { size: 0, max: 0, lost: 0 };

/** The connections to one SQLite file: one writes, and one reads meanwhile. */
export interface Connections {
  readonly writer: SqliteConnection;
  readonly reader: SqliteConnection;
}

/**
 * Kysely's driver for `node:sqlite`. Outside a transaction, statements that only read use a connection of their own: they see what is
 * committed, and wait neither for transactions of this process nor for those of others. All other statements wait for the write lock;
 * outside a transaction, those of the same moment share a commit.
 */
export class SqliteDriver implements Driver {
  readonly #open: () => Connections;
  readonly #health: DatabaseHealth;
  readonly #lock = new WriteLock();
  #connections: Connections | undefined;
  #group: GroupCommit | undefined;

  constructor(open: () => Connections, health: DatabaseHealth) {
    this.#open = open;
    this.#health = health;
  }

  /** Who waits to write. A group of statements stands in the line of writers as one. */
  get lines(): Readonly<Record<'writers' | 'statements', Bound>> {
    return { writers: this.#lock, statements: this.#group ?? NOBODY };
  }

  async init(): Promise<void> {
    this.#connections = this.#open();
    this.#group = new GroupCommit(this.#lock, this.#connections.writer, this.#health);
  }

  async acquireConnection(): Promise<Session> {
    if (!this.#connections || !this.#group) throw new Error('the driver has not been initialized');
    return new Session(this.#connections, this.#group, this.#lock, this.#health);
  }

  async beginTransaction(session: Session): Promise<void> {
    await tracedStatement('sqlite', BEGIN, () => session.begin());
  }

  async commitTransaction(session: Session): Promise<void> {
    await tracedStatement('sqlite', 'commit', async () => session.commit());
  }

  async rollbackTransaction(session: Session): Promise<void> {
    session.rollBack();
  }

  async releaseConnection(): Promise<void> {
    // Between transactions, a session holds nothing.
  }

  async destroy(): Promise<void> {
    this.#connections?.reader.close();
    this.#connections?.writer.close();
  }
}

/** One caller's use of the connections: a statement, or a transaction. */
class Session implements DatabaseConnection {
  readonly #connections: Connections;
  readonly #group: GroupCommit;
  readonly #lock: WriteLock;
  readonly #health: DatabaseHealth;
  #isInTransaction = false;

  constructor(connections: Connections, group: GroupCommit, lock: WriteLock, health: DatabaseHealth) {
    this.#connections = connections;
    this.#group = group;
    this.#lock = lock;
    this.#health = health;
  }

  executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return tracedStatement('sqlite', query.sql, () => this.#execute<Row>(query));
  }

  async #execute<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.#isInTransaction) return this.#write(query);
    if (isRead(query)) return this.#read(query);
    if (isChangeOfRows(query)) return this.#group.run<Row>(query);
    const result = await this.#acquireLock(() => this.#write<Row>(query));
    this.#health.committed();
    this.#lock.release();
    return result;
  }

  async begin(): Promise<void> {
    // A lock for reading could not become one for writing once another process has written.
    await this.#acquireLock(() => this.#write(statement(BEGIN)));
    this.#isInTransaction = true;
  }

  /** When it fails, the transaction goes on until {@link rollBack}. */
  commit(): void {
    this.#write(statement('commit'));
    this.#health.committed();
    this.#end();
  }

  rollBack(): void {
    try {
      if (this.#connections.writer.isInTransaction) this.#write(statement('rollback'));
    } finally {
      this.#end();
    }
  }

  streamQuery(): never {
    throw new Error('queries are not streamed');
  }

  #end(): void {
    this.#isInTransaction = false;
    this.#lock.release();
  }

  async #acquireLock<Result>(take: () => Result): Promise<Result> {
    try {
      return await this.#lock.acquire(take);
    } catch (error) {
      if (error instanceof WriteLockTimeoutError || error instanceof DatabaseCrowdedError) this.#health.note(error);
      throw error;
    }
  }

  async #read<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return this.#connections.reader.run(query);
      } catch (error) {
        if (isBusy(error) && attempt < MAX_READ_ATTEMPTS) await delay(READ_PAUSE_MS);
        else {
          this.#health.note(error);
          throw error;
        }
      }
    }
  }

  #write<Row>(query: Statement): QueryResult<Row> {
    noteStatement();
    return this.#health.watch(() => this.#connections.writer.run(query));
  }
}

function statement(sql: string): Statement {
  return { sql, parameters: [] };
}

/** The others, such as PRAGMA and VACUUM, mean something else within a transaction. */
function isChangeOfRows({ sql }: Statement): boolean {
  return /^\s*(insert|update|delete|with)\b/i.test(sql);
}

/** Of the others, a few could be read-only, too, such as some PRAGMA; they wait without need. */
function isRead({ sql }: Statement): boolean {
  return /^\s*select\b/i.test(sql) || (/^\s*with\b/i.test(sql) && !/\b(?:insert|update|delete|replace)\b/i.test(sql));
}
