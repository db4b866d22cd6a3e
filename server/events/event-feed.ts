import type { Log } from '../log.ts';
import type { AppEventRepository, RecordedEvent } from '../storage/app-events.ts';

const POLL_INTERVAL_MS = 1_000;
/**
 * Events are written a moment after they happened, by several processes whose clocks differ a little: each look goes back so far, and
 * what was seen before is left out.
 */
export const OVERLAP_MS = 10_000;
/** In one look. More than that in so short a time is nothing that anybody reads as it happens. */
const MAX_EVENTS = 1_000;

export interface FeedListener {
  /** What is new, oldest first; called with nothing too, once a second. */
  tick(events: readonly RecordedEvent[]): void;
  /** There will be no more. */
  end(): void;
}

export interface EventFeedOptions {
  appEvents: Pick<AppEventRepository, 'listSince'>;
  log: Pick<Log, 'warn'>;
  /** Default 1000. */
  pollIntervalMs?: number;
}

/**
 * Tells listeners what happens around an environment, in whichever process. The database is asked once a second for each environment
 * that somebody listens to, however many listen, and not at all for others.
 */
export class EventFeed {
  readonly #options: EventFeedOptions;
  readonly #channels = new Map<string, Channel>();

  constructor(options: EventFeedOptions) {
    this.#options = options;
  }

  /** Resolves once nothing that is written from now on will be missed. @returns how to stop listening */
  async listen(clientId: string, listener: FeedListener): Promise<() => void> {
    let channel = this.#channels.get(clientId);
    if (!channel) {
      channel = new Channel(clientId, this.#options, () => this.#channels.delete(clientId));
      this.#channels.set(clientId, channel);
    }
    await channel.add(listener);
    return () => channel.remove(listener);
  }

  /** Environments that are asked for. */
  get size(): number {
    return this.#channels.size;
  }

  close(): void {
    for (const channel of [...this.#channels.values()]) channel.end();
  }
}

class Channel {
  readonly #clientId: string;
  readonly #options: EventFeedOptions;
  readonly #onEmpty: () => void;
  readonly #listeners = new Set<FeedListener>();
  readonly #seen = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  readonly #ready: Promise<void>;

  constructor(clientId: string, options: EventFeedOptions, onEmpty: () => void) {
    this.#clientId = clientId;
    this.#options = options;
    this.#onEmpty = onEmpty;
    // What is there already is nothing new.
    this.#ready = this.#look().then(() => this.#schedule());
    this.#ready.catch(() => {});
  }

  async add(listener: FeedListener): Promise<void> {
    this.#listeners.add(listener);
    try {
      await this.#ready;
    } catch (error) {
      this.remove(listener);
      throw error;
    }
  }

  remove(listener: FeedListener): void {
    if (!this.#listeners.delete(listener) || this.#listeners.size > 0) return;
    clearTimeout(this.#timer);
    this.#onEmpty();
  }

  end(): void {
    for (const listener of [...this.#listeners]) {
      listener.end();
      this.remove(listener);
    }
  }

  #schedule(): void {
    if (this.#listeners.size === 0) return;
    const { pollIntervalMs = POLL_INTERVAL_MS } = this.#options;
    this.#timer = setTimeout(() => void this.#poll(), pollIntervalMs).unref();
  }

  async #poll(): Promise<void> {
    let events: RecordedEvent[] = [];
    try {
      events = await this.#look();
    } catch (error) {
      this.#options.log.warn({ err: error }, 'the event log could not be read');
    }
    for (const listener of [...this.#listeners]) listener.tick(events);
    this.#schedule();
  }

  async #look(): Promise<RecordedEvent[]> {
    const since = Date.now() - OVERLAP_MS;
    const events = await this.#options.appEvents.listSince(this.#clientId, new Date(since), MAX_EVENTS);
    const unseen = events.filter(({ id }) => !this.#seen.has(id));
    for (const { id, at } of unseen) this.#seen.set(id, at.getTime());
    for (const [id, at] of this.#seen) if (at < since) this.#seen.delete(id);
    return unseen;
  }
}
