import type { SQLInputValue } from 'node:sqlite';
import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import { PostgresKysely } from './postgres.ts';
import { SqliteKysely } from './sqlite.ts';
import type { Tables } from './tables.ts';

/** Stands for a value that is not known yet. No column ever contains it. */
const PLACEHOLDER = '\u0000parameter:';

interface Prepared<Row, Name> {
  query: CompiledQuery<Row>;
  /** The name of the value at each position; undefined where the query has a value of its own. */
  names: readonly (Name | undefined)[];
}

export interface PreparedQueryOptions {
  /** Whether SQLite's rows are kept in memory; not worth it for those that change with each use. Default: true. */
  readonly keep?: boolean;
}

/**
 * A query of the hot path. It is built and compiled once per database instead of at every call, because with Kysely that is most of the
 * work of a small read. On SQLite, outside of transactions, {@link SqliteKysely.committed} answers it, and keeps what was made of the row.
 */
export class PreparedQuery<Row extends object, Name extends string, Result extends object> {
  readonly #build: (db: Kysely<Tables>, parameter: (name: Name) => string) => Compilable<Row>;
  readonly #toResult: (row: Row) => Result;
  readonly #keep: boolean;
  readonly #prepared = new WeakMap<Kysely<Tables>, Prepared<Row, Name>>();

  /**
   * @param build makes the query; `parameter('name')` marks the place of the value of `name`
   * @param toResult makes of a row what callers get; of the row alone, because it is not made again while the row stays as it is
   */
  constructor(
    build: (db: Kysely<Tables>, parameter: (name: Name) => string) => Compilable<Row>,
    toResult: (row: Row) => Result,
    { keep = true }: PreparedQueryOptions = {},
  ) {
    this.#build = build;
    this.#toResult = toResult;
    this.#keep = keep;
  }

  /** Callers must not change the result, because it may be shared; one that is shared is frozen. */
  async executeTakeFirst(
    db: Kysely<Tables>,
    values: Readonly<Record<Name, unknown>>,
  ): Promise<Readonly<Result> | undefined> {
    const { query, names } = this.#prepared.get(db) ?? this.#prepare(db);
    const parameters = query.parameters.map((own, position) => {
      const name = names[position];
      return name === undefined ? own : values[name];
    });
    if (db instanceof SqliteKysely) {
      const values = parameters as SQLInputValue[];
      return this.#keep
        ? db.committed.first(query.sql, values, this.#toResult)
        : db.committed.firstAsItIs(query.sql, values, this.#toResult);
    }
    if (db instanceof PostgresKysely) return db.committed.first(query.sql, parameters, this.#toResult);
    const { rows } = await db.executeQuery<Row>({ ...query, parameters });
    return rows[0] && this.#toResult(rows[0]);
  }

  #prepare(db: Kysely<Tables>): Prepared<Row, Name> {
    const query = this.#build(db, (name) => PLACEHOLDER + name).compile();
    const names = query.parameters.map((value) =>
      typeof value === 'string' && value.startsWith(PLACEHOLDER)
        ? (value.slice(PLACEHOLDER.length) as Name)
        : undefined,
    );
    const prepared = { query, names };
    this.#prepared.set(db, prepared);
    return prepared;
  }
}
