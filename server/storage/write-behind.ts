import type { Log } from '../log.ts';

export interface WriteBehindOptions<Item> {
  /** Writes the collected items, oldest first. It gets at least one item and at most `maxItems`, and its calls do not overlap. */
  flush(items: readonly Item[]): Promise<void>;
  /** How long an item waits before it is written, at most. */
  intervalMs: number;
  /** How many items may wait. Further ones, while earlier ones are still being written, are dropped and counted. */
  maxItems: number;
  log: Pick<Log, 'warn'>;
}

/**
 * Collects records that requests make, and writes them together a moment later, so that no request waits for them. Only for records that
 * may be lost: a crash loses those of one interval, and a failed write is not repeated. Nothing here throws.
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

  /** Adds an item and returns at once. After {@link close}, items are dropped. */
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

  /** Writes the waiting items. Resolves when every item added before has been written, or could not be. */
  async flush(): Promise<void> {
    while (this.#waiting.length > 0 || this.#writing) await this.#write();
  }

  /** Writes the rest and accepts no more items. */
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
      // Items that were added while the database was busy have waited already, so they are written at once.
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
