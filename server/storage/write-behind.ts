import type { Log } from '../log.ts';

export interface WriteBehindOptions<Item> {
  /** Writes what has been collected, oldest first; never empty, never more than `maxItems`, never twice at once. */
  flush(items: readonly Item[]): Promise<void>;
  /** An item waits so long at most before it is written. */
  intervalMs: number;
  /** So many may wait. More than that, while the ones before are still being written, are dropped and counted. */
  maxItems: number;
  log: Pick<Log, 'warn'>;
}

/**
 * Collects records that a request makes on its way, and writes them a moment later in one go, so that the request pays nothing for
 * them. For what may be lost: a crash loses one interval's worth, a failed write is not repeated. Nothing here throws.
 */
export class WriteBehind<Item> {
  readonly #options: WriteBehindOptions<Item>;
  #waiting: Item[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  #dropped = 0;
  #closed = false;

  constructor(options: WriteBehindOptions<Item>) {
    this.#options = options;
  }

  /** Takes an item; returns at once. After {@link close} it is dropped. */
  add(item: Item): void {
    const { maxItems, intervalMs } = this.#options;
    if (this.#closed || this.#waiting.length >= maxItems) {
      this.#dropped += 1;
      return;
    }
    this.#waiting.push(item);
    if (this.#waiting.length >= maxItems) void this.#write();
    else this.#timer ??= setTimeout(() => void this.#write(), intervalMs).unref();
  }

  /** Writes what waits now. @returns when everything added before has been written, or has failed to be */
  async flush(): Promise<void> {
    while (this.#waiting.length > 0 || this.#writing) await this.#write();
  }

  /** Writes the rest and takes no more. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.flush();
    this.#tellDropped();
  }

  #write(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing ??= this.#writeOnce().finally(() => {
      this.#writing = undefined;
      // What came in while the database was busy has waited already.
      if (this.#waiting.length > 0) this.#timer ??= setTimeout(() => void this.#write(), 0).unref();
    });
    return this.#writing;
  }

  async #writeOnce(): Promise<void> {
    const items = this.#waiting;
    this.#waiting = [];
    this.#tellDropped();
    if (items.length === 0) return;
    try {
      await this.#options.flush(items);
    } catch (error) {
      this.#options.log.warn({ err: error, items: items.length }, 'records could not be written and are lost');
    }
  }

  #tellDropped(): void {
    if (this.#dropped === 0) return;
    this.#options.log.warn({ items: this.#dropped }, 'more records than could be written: some are lost');
    this.#dropped = 0;
  }
}
