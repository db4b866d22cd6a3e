import type { QueryResult } from 'kysely';
import type { Bound } from '../load/bound.ts';
import { noteStatement } from './committed-reads.ts';
import { DatabaseCrowdedError, WriteLockTimeoutError } from './database-errors.ts';
import type { DatabaseHealth } from './database-health.ts';
import type { SqliteConnection, Statement } from './sqlite-connection.ts';
import type { WriteLock } from './write-lock.ts';

/** How many statements share a commit at most, so that a group does not keep the event loop. Each takes some hundredths of a millisecond. */
const MAX_MEMBERS = 64;

/** How many statements wait for their group, which takes a commit for each 64 of them. */
const MAX_WAITING = 1_000;

const BEGIN: Statement = { sql: 'begin immediate', parameters: [] };
const COMMIT: Statement = { sql: 'commit', parameters: [] };
const ROLLBACK: Statement = { sql: 'rollback', parameters: [] };

interface Member {
  readonly statement: Statement;
  readonly since: number;
  resolve(result: QueryResult<unknown>): void;
  reject(error: unknown): void;
}

/**
 * Statements that are a transaction of their own. Those of one turn of the event loop share a commit, because waiting for the disk is by
 * far most of the work of a small write. Nobody is answered before it: what was acknowledged survives a power cut. A statement that fails
 * alone, such as for a duplicate, undoes nothing but itself.
 */
export class GroupCommit implements Bound {
  readonly max = MAX_WAITING;
  readonly #lock: WriteLock;
  readonly #writer: SqliteConnection;
  readonly #health: DatabaseHealth;
  #waiting: Member[] = [];
  #isInLine = false;
  #lost = 0;

  constructor(lock: WriteLock, writer: SqliteConnection, health: DatabaseHealth) {
    this.#lock = lock;
    this.#writer = writer;
    this.#health = health;
  }

  /** How many statements are in no group yet. */
  get size(): number {
    return this.#waiting.length;
  }

  /** How many were refused, because too many waited. */
  get lost(): number {
    return this.#lost;
  }

  /**
   * @throws what the statement or the commit fails with; WriteLockTimeoutError when another process has kept the lock for too long;
   *   DatabaseCrowdedError when too many statements wait
   */
  run<Row>(statement: Statement): Promise<QueryResult<Row>> {
    return new Promise<QueryResult<unknown>>((resolve, reject) => {
      if (this.#waiting.length >= this.max) {
        this.#lost += 1;
        const crowded = new DatabaseCrowdedError();
        this.#health.note(crowded);
        reject(crowded);
        return;
      }
      this.#waiting.push({ statement, since: performance.now(), resolve, reject });
      this.#standInLine();
    }) as Promise<QueryResult<Row>>;
  }

  /** A place for the whole group, taken by its first member, so that a transaction that comes later stays behind it. */
  #standInLine(): void {
    const [first] = this.#waiting;
    if (this.#isInLine || !first) return;
    this.#isInLine = true;
    this.#lock
      .acquire(() => this.#write(BEGIN), first.since)
      // Whoever writes in this turn, too, is still let in.
      .then(
        () => setImmediate(() => this.#runGroup()),
        (error: unknown) => {
          if (error instanceof WriteLockTimeoutError) this.#refuseWhoWaitedTooLong(error);
          else this.#leave(this.#waiting.splice(0), error);
        },
      );
  }

  /** Whoever came later goes on waiting. */
  #refuseWhoWaitedTooLong(error: WriteLockTimeoutError): void {
    this.#health.note(error);
    const end = performance.now() - this.#lock.maxWaitMs;
    const later = this.#waiting.findIndex(({ since }) => since > end);
    this.#leave(this.#waiting.splice(0, later === -1 ? this.#waiting.length : later), error);
  }

  #runGroup(): void {
    const members = this.#waiting.splice(0, MAX_MEMBERS);
    const done: (() => void)[] = [];
    try {
      for (const { statement, resolve, reject } of members) {
        try {
          const result = this.#write(statement);
          done.push(() => resolve(result));
        } catch (error) {
          // For a full disk and the like, SQLite has undone all of them.
          if (!this.#writer.isInTransaction) throw error;
          done.push(() => reject(error));
        }
      }
      this.#write(COMMIT);
    } catch (error) {
      this.#undo();
      this.#lock.release();
      this.#leave(members, error);
      return;
    }
    this.#health.committed();
    this.#lock.release();
    for (const tell of done) tell();
    this.#isInLine = false;
    this.#standInLine();
  }

  #undo(): void {
    try {
      if (this.#writer.isInTransaction) this.#write(ROLLBACK);
    } catch {
      // The members are told why the group failed, and health has counted this.
    }
  }

  #leave(members: readonly Member[], error: unknown): void {
    for (const { reject } of members) reject(error);
    this.#isInLine = false;
    this.#standInLine();
  }

  #write(statement: Statement): QueryResult<unknown> {
    noteStatement();
    return this.#health.watch(() => this.#writer.run(statement));
  }
}
