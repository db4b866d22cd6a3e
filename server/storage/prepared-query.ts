import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** Stands for a value that is not known yet; no column ever holds it. */
const PLACEHOLDER = '\u0000parameter:';

/**
 * A query of the hot path, built and compiled once per database instead of at every call: with Kysely that is most of the work of a
 * small read.
 */
export class PreparedQuery<Row, Name extends string> {
  readonly #build: (db: Kysely<Tables>, parameter: (name: Name) => string) => Compilable<Row>;
  readonly #compiled = new WeakMap<Kysely<Tables>, CompiledQuery<Row>>();

  /** @param build makes the query; `parameter('name')` stands where the value of `name` goes */
  constructor(build: (db: Kysely<Tables>, parameter: (name: Name) => string) => Compilable<Row>) {
    this.#build = build;
  }

  async executeTakeFirst(db: Kysely<Tables>, values: Readonly<Record<Name, unknown>>): Promise<Row | undefined> {
    let compiled = this.#compiled.get(db);
    if (!compiled) {
      compiled = this.#build(db, (name) => PLACEHOLDER + name).compile();
      this.#compiled.set(db, compiled);
    }
    const parameters = compiled.parameters.map((value) =>
      typeof value === 'string' && value.startsWith(PLACEHOLDER)
        ? values[value.slice(PLACEHOLDER.length) as Name]
        : value,
    );
    const { rows } = await db.executeQuery<Row>({ ...compiled, parameters });
    return rows[0];
  }
}
