import { Socket } from 'node:net';
import {
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  PostgresDriver,
  sql,
} from 'kysely';
import pg from 'pg';
import type { Bound } from '../load/bound.ts';
import { DatabaseCrowdedError } from './database-errors.ts';
import type { DatabaseHealth } from './database-health.ts';
import { PipelinedReads } from './pipelined-reads.ts';
import { RepeatingDriver } from './repeating-driver.ts';
import type { Tables } from './tables.ts';
import { traceConnections } from './trace-statements.ts';

const INT8_OID = 20;
const MAX_CONNECTIONS = 10;
/** How many callers wait for a connection. Each has it for some milliseconds. */
const MAX_WAITING = 1_000;
/** How long a caller waits for a connection, and how long the server may take to accept one. */
const CONNECTION_TIMEOUT_MS = 3_000;
/** How long a connection in use may be silent. Our statements take milliseconds; a server that hangs, or is cut off, says nothing at all. */
const SILENCE_TIMEOUT_MS = 5_000;

/** Kysely over PostgreSQL. */
export class PostgresKysely extends Kysely<Tables> {
  /** The connections themselves. */
  readonly pool: pg.Pool;
  /** Prepared queries of the hot path bypass Kysely and the pool. */
  readonly committed: PipelinedReads;
  readonly #url: string;
  readonly #health: DatabaseHealth;
  readonly #line: ConnectionLine;

  /** @param isPatient whether statements may take as long as they need */
  constructor(url: string, health: DatabaseHealth, { isPatient = false } = {}) {
    const pool = createPool(url);
    if (!isPatient) limitSilence(pool);
    const line = new ConnectionLine(pool);
    super({
      dialect: new PortablePostgresDialect(line, health),
      log: (event) => {
        if (event.level === 'error') health.note(event.error);
      },
    });
    this.pool = pool;
    this.#line = line;
    this.committed = new PipelinedReads({
      client: connectionTo(url),
      silenceMs: SILENCE_TIMEOUT_MS,
      socketOf,
      onError: (error) => health.note(error),
    });
    this.#url = url;
    this.#health = health;
  }

  /** Who waits for a connection, and reads that PostgreSQL has not answered. */
  get lines(): Readonly<Record<'connections' | 'reads', Bound>> {
    return { connections: this.#line, reads: this.committed };
  }

  override async destroy(): Promise<void> {
    await this.committed.close();
    await super.destroy();
  }

  /** Connects anew, for work such as building an index on a large table. The caller closes it. */
  patient(): PostgresKysely {
    return new PostgresKysely(this.#url, this.#health, { isPatient: true });
  }
}

/** Returns `bigint` columns as numbers, because ours hold milliseconds, far below 2^53. */
function connectionTo(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        oid === INT8_OID ? Number : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
    },
  };
}

function createPool(url: string): pg.Pool {
  const pool = new pg.Pool({ ...connectionTo(url), max: MAX_CONNECTIONS });
  // A connection that the server drops must not end the process. The pool reports idle ones; a client in use reports its own, besides
  // rejecting the query. The pool opens another connection when it needs one.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  traceConnections(pool);
  return pool;
}

/** Ends a connection whose server is silent, so that its query fails. pg's own `query_timeout` would leave the connection in use. */
function limitSilence(pool: pg.Pool): void {
  pool.on('acquire', (client) => socketOf(client)?.setTimeout(SILENCE_TIMEOUT_MS));
  pool.on('release', (_error, client) => socketOf(client)?.setTimeout(0));
  pool.on('connect', (client) => {
    const socket = socketOf(client);
    socket?.on('timeout', () => socket.destroy());
  });
}

/** pg does not document where a client's socket is; `postgres.test.ts` fails when it moves. */
export function socketOf(client: object): Socket | undefined {
  const connection: unknown = Reflect.get(client, 'connection');
  const stream: unknown = typeof connection === 'object' && connection !== null && Reflect.get(connection, 'stream');
  return stream instanceof Socket ? stream : undefined;
}

class PortablePostgresDialect extends PostgresDialect {
  readonly #line: ConnectionLine;
  readonly #health: DatabaseHealth;

  constructor(line: ConnectionLine, health: DatabaseHealth) {
    super({ pool: line.pool });
    this.#line = line;
    this.#health = health;
  }

  override createAdapter(): PostgresAdapter {
    return new RowLockAdapter();
  }

  override createDriver(): Driver {
    return new RepeatingDriver(new WatchedPostgresDriver(this.#line, this.#health));
  }
}

/** Who waits for a connection. The pool itself has no limit. */
class ConnectionLine implements Bound {
  readonly max = MAX_WAITING;
  readonly pool: pg.Pool;
  #lost = 0;

  constructor(pool: pg.Pool) {
    this.pool = pool;
  }

  get size(): number {
    return this.pool.waitingCount;
  }

  get lost(): number {
    return this.#lost;
  }

  /** @throws DatabaseCrowdedError when too many wait */
  assertRoom(): void {
    if (this.size < this.max) return;
    this.#lost += 1;
    throw new DatabaseCrowdedError();
  }
}

/** Notes when no connection can be made, which Kysely does not log as it does a query's failure. */
class WatchedPostgresDriver extends PostgresDriver {
  readonly #line: ConnectionLine;
  readonly #health: DatabaseHealth;

  constructor(line: ConnectionLine, health: DatabaseHealth) {
    super({ pool: line.pool });
    this.#line = line;
    this.#health = health;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    try {
      this.#line.assertRoom();
      return await super.acquireConnection();
    } catch (error) {
      this.#health.note(error);
      throw error;
    }
  }
}

/** Migrations take a row lock instead of an advisory lock, which PostgreSQL-compatible distributed engines lack. */
class RowLockAdapter extends PostgresAdapter {
  override async acquireMigrationLock(
    db: Kysely<unknown>,
    options: { lockTable: string; lockRowId: string },
  ): Promise<void> {
    await sql`select id from ${sql.table(options.lockTable)} where id = ${options.lockRowId} for update`.execute(db);
  }

  override async releaseMigrationLock(): Promise<void> {
    // The lock ends with the transaction.
  }
}
