import { hash } from 'node:crypto';
import type { Socket } from 'node:net';
import pg from 'pg';
import type { Bound } from '../load/bound.ts';
import { codesOf, DatabaseCrowdedError } from './database-errors.ts';
import { tracedStatement, traceQueries } from './trace-statements.ts';
import { repeated } from './transaction.ts';

const MAX_UNANSWERED = 1_000;

/**
 * A statement is not there, or there already, because a pooler has given us another connection to PostgreSQL (PgBouncer before 1.21); or it gives
 * other columns than when it was prepared, because a later version has changed a table. Nothing has been read then.
 */
const LOST_STATEMENT: ReadonlySet<string> = new Set(['26000', '42P05', '0A000']);

interface Read {
  readonly name?: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** A read that has not been answered. Everybody who asks for the same thing in the same turn of the event loop shares it. */
type Asked = Promise<object | undefined>;

/** How the connection is made and watched, see postgres.ts. */
export interface PipelineOptions {
  readonly client: pg.ClientConfig;
  /** How long the server may be silent while it owes an answer. */
  readonly silenceMs: number;
  /** Where a client's socket is. */
  socketOf(client: pg.Client): Socket | undefined;
  /** Gets every error. */
  onError(error: unknown): void;
}

/**
 * Reads of the hot path on PostgreSQL, over one connection of their own, which sends the next read before the last one is answered
 * (pipelining). Most of what a small read costs this process is the system call that sends it, so the reads of one turn of the event loop
 * are sent together, and the same read is sent once. Each is a read of its own, of what is committed when PostgreSQL comes to it, which is
 * after everybody asked.
 */
export class PipelinedReads implements Bound {
  /** How many reads are not answered. */
  readonly max = MAX_UNANSWERED;
  readonly #options: PipelineOptions;
  #pipeline: Promise<Pipeline> | undefined;
  #isClosed = false;
  #unanswered = 0;
  #lost = 0;
  #pinging: Asked | undefined;
  #isNaming = true;
  readonly #names = new Map<string, string>();
  /** The reads that have not been sent. */
  readonly #asked = new Map<string, Asked>();

  constructor(options: PipelineOptions) {
    this.#options = options;
  }

  /** How many reads are not answered. */
  get size(): number {
    return this.#unanswered;
  }

  /** How many were refused, because too many were not answered. */
  get lost(): number {
    return this.#lost;
  }

  /**
   * What `toResult` makes of the first row that a query finds. It may be shared, so callers must not change it.
   * @throws what PostgreSQL or the connection says; DatabaseCrowdedError when too many reads are not answered
   */
  first<Row extends object, Result extends object>(
    sql: string,
    parameters: readonly unknown[],
    toResult: (row: Row) => Result,
  ): Promise<Result | undefined> {
    if (this.#isClosed) throw new Error('The database is closed.');
    const key = JSON.stringify([sql, parameters]);
    const same = this.#asked.get(key);
    if (same) return tracedStatement('postgresql', sql, () => same as Promise<Result | undefined>);
    if (this.#unanswered >= this.max) return this.#refuse();
    const asked = this.#read<Row>(sql, parameters).then((row) => row && toResult(row));
    this.#asked.set(key, asked);
    return asked;
  }

  /**
   * Asks PostgreSQL for nothing, to see whether it answers. It waits for the reads before it and for nobody else, and is not refused for their
   * number, because many who ask do not mean that PostgreSQL is gone. Those who ask meanwhile share the answer.
   * @throws what PostgreSQL or the connection says
   */
  async ping(): Promise<void> {
    if (this.#isClosed) throw new Error('The database is closed.');
    this.#pinging ??= this.#read('select 1', []).finally(() => {
      this.#pinging = undefined;
    });
    await this.#pinging;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const pipeline = await this.#pipeline?.catch(() => undefined);
    await pipeline?.end();
  }

  /** It is not shared: it would be the answer until another read is sent, however little there is to do by then. */
  #refuse(): Promise<never> {
    this.#lost += 1;
    const crowded = new DatabaseCrowdedError();
    this.#options.onError(crowded);
    return Promise.reject(crowded);
  }

  async #read<Row extends object>(text: string, values: readonly unknown[]): Promise<Row | undefined> {
    this.#unanswered += 1;
    try {
      this.#pipeline ??= this.#connect();
      const pipeline = await this.#pipeline;
      return await repeated(() => this.#prepared<Row>(pipeline, text, values));
    } catch (error) {
      // Nobody else is to share a read that has failed before it was sent.
      this.#asked.clear();
      this.#options.onError(error);
      throw error;
    } finally {
      this.#unanswered -= 1;
    }
  }

  /** By a statement that the connection keeps, so that PostgreSQL need not parse and plan it each time, unless something in between keeps none. */
  async #prepared<Row extends object>(pipeline: Pipeline, text: string, values: readonly unknown[]) {
    if (!this.#isNaming) return pipeline.first<Row>({ text, values });
    try {
      return await pipeline.first<Row>({ name: this.#nameOf(text), text, values });
    } catch (error) {
      if (!LOST_STATEMENT.has(codesOf(error).code)) throw error;
      this.#isNaming = false;
      return pipeline.first<Row>({ text, values });
    }
  }

  /** Made of the text, so that a name never means another statement, whoever else is given the same connection by a pooler. */
  #nameOf(text: string): string {
    const name = this.#names.get(text) ?? `read_${hash('sha256', text, 'hex').slice(0, 32)}`;
    this.#names.set(text, name);
    return name;
  }

  #connect(): Promise<Pipeline> {
    const pipeline = this.#open(() => {
      // The next read connects anew, and maybe before this connection has ended. Reads under way are told by their own promises.
      if (this.#pipeline === pipeline) this.#pipeline = undefined;
    });
    return pipeline;
  }

  /** @param onEnd is called, maybe more than once, when the connection is of no use any more */
  async #open(onEnd: () => void): Promise<Pipeline> {
    const client = new pg.Client({ ...this.#options.client, pipeline: true });
    client.on('error', onEnd).once('end', onEnd);
    traceQueries(client);
    try {
      await client.connect();
    } catch (error) {
      onEnd();
      throw error;
    }
    return new Pipeline(client, this.#options, () => this.#asked.clear());
  }
}

/** One connection. */
class Pipeline {
  readonly #client: pg.Client;
  readonly #socket: Socket | undefined;
  readonly #silenceMs: number;
  readonly #onSend: () => void;
  #unanswered = 0;
  /** Runs while the server owes an answer. Not the socket's own, which begins again whenever something is sent. */
  #silence: NodeJS.Timeout | undefined;

  /** @param onSend is called before reads are sent */
  constructor(client: pg.Client, { socketOf, silenceMs }: PipelineOptions, onSend: () => void) {
    this.#client = client;
    this.#socket = socketOf(client);
    this.#silenceMs = silenceMs;
    this.#onSend = onSend;
  }

  async first<Row extends object>(read: Read): Promise<Row | undefined> {
    this.#gather();
    this.#unanswered += 1;
    this.#silence ??= setTimeout(() => this.#socket?.destroy(), this.#silenceMs);
    try {
      const { rows } = await this.#client.query<Row>({ ...read, values: [...read.values] });
      return rows[0];
    } finally {
      this.#unanswered -= 1;
      if (this.#unanswered > 0) this.#silence?.refresh();
      else {
        clearTimeout(this.#silence);
        this.#silence = undefined;
      }
    }
  }

  async end(): Promise<void> {
    await this.#client.end();
  }

  /** Holds back what is sent until the turn is over. */
  #gather(): void {
    const socket = this.#socket;
    if (!socket) {
      this.#onSend();
      return;
    }
    if (socket.writableCorked > 0) return;
    socket.cork();
    setImmediate(() => {
      this.#onSend();
      socket.uncork();
    });
  }
}
