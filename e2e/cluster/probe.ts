import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

const INTERVAL_MS = 100;
const TIMEOUT_MS = 2_000;

/** A bare client of PostgreSQL that commits something again and again: how long the engine itself cannot be written. */
export class EngineProbe {
  readonly #url: string;
  readonly #loop: Promise<void>;
  #isStopped = false;
  #lastMs = performance.now();
  #longestSilenceMs = 0;

  constructor(url: string) {
    this.#url = url;
    this.#loop = this.#run();
  }

  /** The longest time between two commits, since the last call. */
  takeLongestSilenceMs(): number {
    const longest = Math.max(this.#longestSilenceMs, performance.now() - this.#lastMs);
    this.#longestSilenceMs = 0;
    return longest;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#loop;
  }

  async #run(): Promise<void> {
    for (; !this.#isStopped; await delay(INTERVAL_MS)) {
      // A connection of its own each time, so that none is waited for that leads nowhere.
      const client = new pg.Client({
        connectionString: this.#url,
        connectionTimeoutMillis: TIMEOUT_MS,
        query_timeout: TIMEOUT_MS,
      });
      client.on('error', () => {});
      try {
        await client.connect();
        await client.query('create table if not exists probe (at bigint)');
        await client.query('insert into probe values ($1)', [Date.now()]);
        const now = performance.now();
        this.#longestSilenceMs = Math.max(this.#longestSilenceMs, now - this.#lastMs);
        this.#lastMs = now;
      } catch {
        // That is what is measured.
      } finally {
        await client.end().catch(() => {});
      }
    }
  }
}
