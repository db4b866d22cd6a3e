import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { QueryResult } from 'kysely';

const MAX_CACHED_STATEMENTS = 256;

interface Prepared {
  readonly statement: StatementSync;
  readonly hasRows: boolean;
}

export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** Runs queries of Kysely. Prepared statements are kept, because every request runs the same few. */
export class SqliteConnection {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, Prepared>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** False, too, after a failure for which SQLite itself has rolled back, such as a full disk. */
  get isInTransaction(): boolean {
    return this.#database.isTransaction;
  }

  run<Row>({ sql, parameters }: Statement): QueryResult<Row> {
    const { statement, hasRows } = this.#prepared.get(sql) ?? this.#prepare(sql);
    const values = parameters as SQLInputValue[];
    if (hasRows) return { rows: statement.all(...values) as Row[] };
    const { changes, lastInsertRowid } = statement.run(...values);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  close(): void {
    this.#prepared.clear();
    this.#database.close();
  }

  #prepare(sql: string): Prepared {
    const statement = this.#database.prepare(sql);
    const prepared = { statement, hasRows: statement.columns().length > 0 };
    if (this.#prepared.size >= MAX_CACHED_STATEMENTS) this.#prepared.clear();
    this.#prepared.set(sql, prepared);
    return prepared;
  }
}
