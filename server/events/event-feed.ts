import type { Log } from '../log.ts';
import type { AppEventRepository, RecordedEvent } from '../storage/app-events.ts';
import { within } from '../tracing/current-trace.ts';

const POLL_INTERVAL_MS = 1_000;
/**
 * How far back each poll looks. Events are written a moment after they happen, by several processes whose clocks differ a little, so polls
 * overlap; events that were seen before are left out.
 */
export const OVERLAP_MS = 10_000;
/** Per poll. Nobody can read more events than that as they happen. */
const MAX_EVENTS = 1_000;

export interface FeedListener {
  /** The new events, oldest first. Called once a second, also without events. */
  tick(events: readonly RecordedEvent[]): void;
  /** Called when the feed closes. */
  end(): void;
}

export interface EventFeedOptions {
  appEvents: Pick<AppEventRepository, 'listSince'>;
  log: Pick<Log, 'warn'>;
  /** Default 1000. */
  pollIntervalMs?: number;
}

/**
 * Tells listeners of an environment's events, whichever process wrote them. It polls the database once a second for each environment that
 * has listeners, however many it has.
 */
export class EventFeed {
  readonly #options: EventFeedOptions;
  readonly #channels = new Map<string, Channel>();

  constructor(options: EventFeedOptions) {
    this.#options = options;
  }

  /** Resolves once the listener will miss no later event. @returns a function that stops listening */
  async listen(clientId: string, listener: FeedListener): Promise<() => void> {
    let channel = this.#channels.get(clientId);
    if (!channel) {
      channel = new Channel(clientId, this.#options, () => this.#channels.delete(clientId));
      this.#channels.set(clientId, channel);
    }
    await channel.add(listener);
    return () => channel.remove(listener);
  }

  /** How many environments are polled. */
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
    // The first poll marks the existing events as seen.
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
    // For all readers, and not as a part of the first one's request, which is open for as long as it reads.
    this.#timer = within(undefined, () => setTimeout(() => void this.#poll(), pollIntervalMs).unref());
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
