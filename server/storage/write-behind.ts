import type { Bound } from '../load/bound.ts';
import type { Log } from '../log.ts';
import { within } from '../tracing/current-trace.ts';
import { isOutOfReach } from './database-errors.ts';

/** How long items wait after the database was out of reach. */
const RETRY_INTERVAL_MS = 5_000;

export interface WriteBehindOptions<Item> {
  /**
   * Writes the collected items, oldest first. It gets at least one item and at most `maxItems`, and its calls do not overlap. It gets the
   * same items again when the database was out of reach, though some of them may have been written.
   */
  flush(items: readonly Item[]): Promise<void>;
  /** How long an item waits before it is written, at most. */
  intervalMs: number;
  /** How many items may wait. Further ones, while earlier ones cannot be written yet, are dropped and counted. */
  maxItems: number;
  log: Pick<Log, 'warn'>;
}

/**
 * Collects records that requests make, and writes them together a moment later, so that no request waits for them. Only for records that
 * may be lost: a crash loses those of one interval. While the database is out of reach, they wait, up to `maxItems`. Nothing here throws.
 */
export class WriteBehind<Item> implements Bound {
  readonly #options: WriteBehindOptions<Item>;
  #waiting: Item[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** Whether the items are settled: false when they have to wait. */
  #writing: Promise<boolean> | undefined;
  /** Since the log was told. */
  #dropped = 0;
  #lost = 0;
  #closed = false;

  constructor(options: WriteBehindOptions<Item>) {
    this.#options = options;
  }

  /** How many items wait. */
  get size(): number {
    return this.#waiting.length;
  }

  get max(): number {
    return this.#options.maxItems;
  }

  /** How many items were dropped since the process started. */
  get lost(): number {
    return this.#lost;
  }

  /** Adds an item and returns at once. After {@link close}, items are dropped. @returns false when the item is dropped */
  add(item: Item): boolean {
    const { maxItems, intervalMs } = this.#options;
    if (this.#closed || this.#waiting.length >= maxItems) {
      this.#drop(1);
      return false;
    }
    this.#waiting.push(item);
    if (this.#waiting.length >= maxItems) void this.#write();
    else this.#timer ??= setTimeout(() => void this.#write(), intervalMs).unref();
    return true;
  }

  /** Writes the waiting items. Resolves when every item added before has been written, or could not be. */
  async flush(): Promise<void> {
    while (this.#waiting.length > 0 || this.#writing) {
      if (!(await this.#write())) return;
    }
  }

  /** Writes the rest and accepts no more items. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.flush();
    this.#tellDropped();
  }

  #write(): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // The items are of many requests, and none of them is to show what all have left.
    this.#writing ??= within(undefined, () => this.#writeOnce()).then((isSettled) => {
      this.#writing = undefined;
      // Items that were added while the database was busy have waited already, so they are written at once.
      const pauseMs = isSettled ? 0 : RETRY_INTERVAL_MS;
      if (this.#waiting.length > 0) this.#timer ??= setTimeout(() => void this.#write(), pauseMs).unref();
      return isSettled;
    });
    return this.#writing;
  }

  async #writeOnce(): Promise<boolean> {
    const items = this.#waiting;
    this.#waiting = [];
    this.#tellDropped();
    if (items.length === 0) return true;
    try {
      await this.#options.flush(items);
    } catch (error) {
      if (isOutOfReach(error) && !this.#closed) {
        this.#keep(items);
        return false;
      }
      this.#lost += items.length;
      this.#options.log.warn({ err: error, items: items.length }, 'records could not be written and are lost');
    }
    return true;
  }

  /** Puts items back where they were: before those that were added meanwhile. */
  #keep(items: readonly Item[]): void {
    const { maxItems } = this.#options;
    const all = [...items, ...this.#waiting];
    this.#waiting = all.slice(0, maxItems);
    this.#drop(all.length - this.#waiting.length);
  }

  #drop(items: number): void {
    this.#dropped += items;
    this.#lost += items;
  }

  #tellDropped(): void {
    if (this.#dropped === 0) return;
    this.#options.log.warn({ items: this.#dropped }, 'more records than could be written: some are lost');
    this.#dropped = 0;
  }
}
