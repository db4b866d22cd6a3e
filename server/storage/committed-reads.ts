import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

/** How many rows are kept for each query; a row has about a kilobyte. */
const MAX_KEPT_ROWS = 4_096;

type Row = Record<string, unknown>;

interface Query {
  readonly statement: StatementSync;
  /** The first row that each list of parameters found. */
  readonly rows: Map<string, Row>;
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

  /** The first row that a query finds. Callers must not change it, because it is shared. */
  first(sql: string, parameters: readonly SQLInputValue[]): Readonly<Row> | undefined {
    const { statement, rows } = this.#queries.get(sql) ?? this.#prepare(sql);
    if (this.#askedAt !== statementsRun) this.#dropWhatIsOutdated();
    const key = JSON.stringify(parameters);
    const kept = rows.get(key);
    if (kept) return kept;
    // The row may be newer than the version that was asked, but never older.
    const row = statement.get(...parameters);
    if (!row) return undefined;
    if (rows.size >= MAX_KEPT_ROWS) rows.clear();
    rows.set(key, row);
    return row;
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
    const query = { statement: this.#database.prepare(sql), rows: new Map<string, Row>() };
    this.#queries.set(sql, query);
    return query;
  }

  #dropWhatIsOutdated(): void {
    this.#dataVersion ??= this.#database?.prepare('pragma data_version');
    const version = this.#dataVersion?.get()?.['data_version'];
    if (version !== this.#keptVersion) for (const { rows } of this.#queries.values()) rows.clear();
    this.#keptVersion = version;
    // It is not unref'ed, because a pending immediate keeps the loop from waiting for the network, so that the turn is short.
    if (this.#askedAt === undefined) setImmediate(this.#endTurn);
    this.#askedAt = statementsRun;
  }
}
