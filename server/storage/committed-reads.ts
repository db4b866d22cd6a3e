import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

/** Of one query; a row has about a kilobyte. */
const MAX_KEPT_ROWS = 4_096;

type Row = Record<string, unknown>;

interface Query {
  readonly statement: StatementSync;
  /** First rows, by the parameters that found them. */
  readonly rows: Map<string, Row>;
}

/** Statements that the writing connections of this process have run: any of them may have changed what is read here. */
let statementsRun = 0;

/** To be called with each statement on another connection of this process, in the same breath. */
export function noteStatement(): void {
  statementsRun += 1;
}

/**
 * Reads of the hot path on SQLite, over a connection of their own: they see what has been committed, and wait for no transaction.
 *
 * Rows are kept until anything is committed, by whichever process. SQLite is asked about that (`PRAGMA data_version`) before the first read of
 * a turn of the event loop, and again after any statement of this process: its own writes count at once, and those of another process from
 * the next turn on. Asking at each read would cost half of what it saves: most of a small read is taking and letting go of a lock.
 */
export class CommittedReads {
  readonly #open: () => DatabaseSync;
  readonly #queries = new Map<string, Query>();
  #database: DatabaseSync | undefined;
  #isClosed = false;
  #dataVersion: StatementSync | undefined;
  #keptVersion: unknown;
  /** Of {@link statementsRun}, when it was last asked; undefined once the turn is over. */
  #askedAt: number | undefined;
  readonly #endTurn = (): void => {
    this.#askedAt = undefined;
  };

  constructor(open: () => DatabaseSync) {
    this.#open = open;
  }

  /** The first row that a query finds. It is shared: not to be changed. */
  first(sql: string, parameters: readonly SQLInputValue[]): Readonly<Row> | undefined {
    const { statement, rows } = this.#queries.get(sql) ?? this.#prepare(sql);
    if (this.#askedAt !== statementsRun) this.#dropWhatIsOutdated();
    const key = JSON.stringify(parameters);
    const kept = rows.get(key);
    if (kept) return kept;
    // It may be newer than the version that was seen, never older.
    const row = statement.get(...parameters);
    if (!row) return undefined;
    if (rows.size >= MAX_KEPT_ROWS) rows.clear();
    rows.set(key, row);
    return row;
  }

  /** A read that comes later fails, as it does on the other connections. */
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
    const query = { statement: this.#database.prepare(sql), rows: new Map<string, Row>() };
    this.#queries.set(sql, query);
    return query;
  }

  #dropWhatIsOutdated(): void {
    this.#dataVersion ??= this.#database?.prepare('pragma data_version');
    const version = this.#dataVersion?.get()?.['data_version'];
    if (version !== this.#keptVersion) for (const { rows } of this.#queries.values()) rows.clear();
    this.#keptVersion = version;
    // Not unref'ed: while one waits, the loop does not stop to wait for the network, and the turn is a short one.
    if (this.#askedAt === undefined) setImmediate(this.#endTurn);
    this.#askedAt = statementsRun;
  }
}
