import type { Socket } from 'node:net';
import pg from 'pg';

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
export class PipelinedReads {
  readonly #options: PipelineOptions;
  #client: Promise<pg.Client> | undefined;
  #isClosed = false;
  /** The reads of this turn. */
  readonly #asked = new Map<string, Asked>();
  #unanswered = 0;

  constructor(options: PipelineOptions) {
    this.#options = options;
  }

  /**
   * What `toResult` makes of the first row that a query finds. It may be shared, so callers must not change it.
   * @throws what PostgreSQL or the connection says
   */
  first<Row extends object, Result extends object>(
    sql: string,
    parameters: readonly unknown[],
    toResult: (row: Row) => Result,
  ): Promise<Result | undefined> {
    const key = JSON.stringify([sql, parameters]);
    const same = this.#asked.get(key);
    if (same) return same as Promise<Result | undefined>;
    if (this.#asked.size === 0) setImmediate(() => this.#asked.clear());
    const asked = this.#read<Row>(sql, parameters).then((row) => row && toResult(row));
    this.#asked.set(key, asked);
    return asked;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const client = await this.#client?.catch(() => undefined);
    await client?.end();
  }

  async #read<Row extends object>(text: string, values: readonly unknown[]): Promise<Row | undefined> {
    if (this.#isClosed) throw new Error('The database is closed.');
    try {
      this.#client ??= this.#connect();
      const client = await this.#client;
      this.#gather(client);
      this.#watch(client, 1);
      try {
        const { rows } = await client.query<Row>({ text, values: [...values] });
        return rows[0];
      } finally {
        this.#watch(client, -1);
      }
    } catch (error) {
      this.#options.onError(error);
      throw error;
    }
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({ ...this.#options.client, pipeline: true });
    const forget = () => {
      this.#client = undefined;
    };
    // The next read connects anew. Reads that were under way are told by their own promises.
    client.once('error', forget).once('end', forget);
    client.on('error', () => {});
    try {
      await client.connect();
    } catch (error) {
      forget();
      throw error;
    }
    const socket = this.#options.socketOf(client);
    socket?.on('timeout', () => socket.destroy());
    return client;
  }

  /** Holds back what is sent until the turn is over. */
  #gather(client: pg.Client): void {
    const socket = this.#options.socketOf(client);
    if (!socket || socket.writableCorked > 0) return;
    socket.cork();
    setImmediate(() => socket.uncork());
  }

  /** A server that owes an answer and hangs, or is cut off, says nothing at all. */
  #watch(client: pg.Client, change: 1 | -1): void {
    this.#unanswered += change;
    if (this.#unanswered === 0) this.#options.socketOf(client)?.setTimeout(0);
    else if (change === 1 && this.#unanswered === 1)
      this.#options.socketOf(client)?.setTimeout(this.#options.silenceMs);
  }
}
