import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { tracedRead } from './trace-statements.ts';

/** How many rows are kept for each query; a row has about a kilobyte. */
const MAX_KEPT_ROWS = 4_096;

interface Query {
  readonly statement: StatementSync;
  /** What was made of the first row that each list of parameters found. */
  readonly results: Map<string, object>;
}

/** How many statements other connections of this process have run. Each may have changed what is kept here. */
let statementsRun = 0;

/** Has to be called, synchronously, with each statement on another connection of this process. */
export function noteStatement(): void {
  statementsRun += 1;
}

/**
 * Reads of the hot path on SQLite, over a connection of their own: they see what has been committed, and do not wait for transactions.
 *
 * Rows are kept until any process commits anything. `PRAGMA data_version` tells; it is asked before the first read of a turn of the event
 * loop, and again after each statement of this process. So writes of this process are seen at once, and those of another process from the
 * next turn on. Asking at each read would cost half of what keeping saves, because most of a small read is locking and unlocking.
 */
export class CommittedReads {
  readonly #open: () => DatabaseSync;
  readonly #queries = new Map<string, Query>();
  #database: DatabaseSync | undefined;
  #isClosed = false;
  #hits = 0;
  #misses = 0;
  #dataVersion: StatementSync | undefined;
  #keptVersion: unknown;
  /** {@link statementsRun} as it was when the version was last asked; undefined once the turn is over. */
  #askedAt: number | undefined;
  readonly #endTurn = (): void => {
    this.#askedAt = undefined;
  };

  constructor(open: () => DatabaseSync) {
    this.#open = open;
  }

  /** How many reads found their row in memory, and how many did not, since the process started. */
  get counts(): { readonly hits: number; readonly misses: number } {
    return { hits: this.#hits, misses: this.#misses };
  }

  /**
   * What `toResult` makes of the first row that a query finds. It is shared, so it is frozen.
   * @param toResult always the same for one query
   */
  first<Row extends object, Result extends object>(
    sql: string,
    parameters: readonly SQLInputValue[],
    toResult: (row: Row) => Result,
  ): Readonly<Result> | undefined {
    const { statement, results } = this.#queries.get(sql) ?? this.#prepare(sql);
    if (this.#askedAt !== statementsRun) this.#dropWhatIsOutdated();
    const key = keyOf(parameters);
    const kept = results.get(key);
    if (kept) {
      this.#hits += 1;
      return kept as Result;
    }
    this.#misses += 1;
    // The row may be newer than the version that was asked, but never older.
    const row = tracedRead(sql, () => statement.get(...parameters));
    if (!row) return undefined;
    if (results.size >= MAX_KEPT_ROWS) results.clear();
    const result = frozen(toResult(row as Row));
    results.set(key, result);
    return result;
  }

  /** Like {@link first}, but nothing is kept. */
  firstAsItIs<Row extends object, Result extends object>(
    sql: string,
    parameters: readonly SQLInputValue[],
    toResult: (row: Row) => Result,
  ): Result | undefined {
    const { statement } = this.#queries.get(sql) ?? this.#prepare(sql);
    const row = tracedRead(sql, () => statement.get(...parameters));
    return row && toResult(row as Row);
  }

  /** Later reads fail, as they do on the other connections. */
  close(): void {
    this.#isClosed = true;
    this.#queries.clear();
    this.#dataVersion = undefined;
    this.#database?.close();
    this.#database = undefined;
  }

  #prepare(sql: string): Query {
    if (this.#isClosed) throw new Error('The database is closed.');
    this.#database ??= this.#open();
    const query = { statement: this.#database.prepare(sql), results: new Map<string, object>() };
    this.#queries.set(sql, query);
    return query;
  }

  #dropWhatIsOutdated(): void {
    this.#dataVersion ??= this.#database?.prepare('pragma data_version');
    const version = this.#dataVersion?.get()?.['data_version'];
    if (version !== this.#keptVersion) for (const { results } of this.#queries.values()) results.clear();
    this.#keptVersion = version;
    // It is not unref'ed, because a pending immediate keeps the loop from waiting for the network, so that the turn is short.
    if (this.#askedAt === undefined) setImmediate(this.#endTurn);
    this.#askedAt = statementsRun;
  }
}

/** One text for each list of parameters: each begins with its length, so that nobody can shift where one ends and the next begins. */
function keyOf(parameters: readonly SQLInputValue[]): string {
  let key = '';
  for (const parameter of parameters) {
    const text = String(parameter);
    key += `${text.length}:${text}`;
  }
  return key;
}

/** A value that nobody can change, nor anything in it, except for dates, which cannot be frozen. */
function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
