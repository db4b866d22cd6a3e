import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import { repeated } from './transaction.ts';

type Options = Parameters<Driver['init']>[0];
type Settings = Parameters<Driver['beginTransaction']>[1];

/**
 * A driver that runs a statement again which an engine has refused because of another one at the same moment. Outside a transaction, such a
 * statement has had no effect; within one, the whole transaction has to be run again, which is its caller's business.
 */
export class RepeatingDriver implements Driver {
  readonly #driver: Driver;
  readonly #connections = new WeakMap<DatabaseConnection, RepeatingConnection>();

  constructor(driver: Driver) {
    this.#driver = driver;
  }

  init(options?: Options): Promise<void> {
    return this.#driver.init(options);
  }

  async acquireConnection(options?: Options): Promise<RepeatingConnection> {
    const inner = await this.#driver.acquireConnection(options);
    const connection = this.#connections.get(inner) ?? new RepeatingConnection(inner);
    this.#connections.set(inner, connection);
    return connection;
  }

  async beginTransaction(connection: RepeatingConnection, settings: Settings): Promise<void> {
    await this.#driver.beginTransaction(connection.inner, settings);
    connection.isInTransaction = true;
  }

  commitTransaction(connection: RepeatingConnection): Promise<void> {
    return this.#driver.commitTransaction(connection.inner);
  }

  rollbackTransaction(connection: RepeatingConnection): Promise<void> {
    return this.#driver.rollbackTransaction(connection.inner);
  }

  releaseConnection(connection: RepeatingConnection, options?: Options): Promise<void> {
    connection.isInTransaction = false;
    return this.#driver.releaseConnection(connection.inner, options);
  }

  destroy(options?: Options): Promise<void> {
    return this.#driver.destroy(options);
  }
}

class RepeatingConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection;
  isInTransaction = false;

  constructor(inner: DatabaseConnection) {
    this.inner = inner;
  }

  executeQuery<Row>(query: CompiledQuery, options?: Options): Promise<QueryResult<Row>> {
    const run = () => this.inner.executeQuery<Row>(query, options);
    return this.isInTransaction ? run() : repeated(run);
  }

  streamQuery(): never {
    throw new Error('queries are not streamed');
  }
}
