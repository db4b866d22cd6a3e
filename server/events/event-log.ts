import type { Bound } from '../load/bound.ts';
import type { Log } from '../log.ts';
import type { AppEventRepository, RecordedEvent } from '../storage/app-events.ts';
import { WriteBehind } from '../storage/write-behind.ts';
import { Allowance, type Window } from './allowance.ts';
import { type AppEvent, EVENT_FAMILIES, type EventFamily, familyOf } from './app-event.ts';
import { EventCounts } from './event-counts.ts';
import { EventFeed } from './event-feed.ts';
import { EventIds } from './event-id.ts';
import { summarize } from './summarize.ts';

const MINUTE_MS = 60 * 1000;
const FLUSH_INTERVAL_MS = 500;
const MAX_WAITING = 500;
/** Limits per environment and family of events. They keep short bursts complete, and stop a noisy app from filling the disk. */
const ALLOWANCE: readonly Window[] = [
  { durationMs: MINUTE_MS, max: 600 },
  { durationMs: 24 * 60 * MINUTE_MS, max: 50_000 },
];

export interface EventLogOptions {
  appEvents: Pick<AppEventRepository, 'addAll' | 'listSince'>;
  log: Pick<Log, 'warn'>;
  /** Default: 600 a minute and 50 000 a day, per environment and family. */
  allowance?: readonly Window[];
  /** How often the log notes how many events it left out. Default: every minute. */
  settleIntervalMs?: number;
}

/** An event that waits to be written. The row is made then, so that the request pays little. */
interface WaitingEvent {
  clientId: string;
  at: number;
  event: AppEvent;
  /** Given the first time that it is written, so that a second time makes no second row. */
  id?: string;
}

/**
 * The log of each app's events, for its developers. Recording costs a request almost nothing and cannot fail it: events wait in memory and
 * are written together every half second. A crash loses the waiting ones. Events above the limits are left out and counted, by process.
 */
export class EventLog {
  /** The live feed of events, of all processes. */
  readonly feed: EventFeed;
  /** What has happened since the process started. */
  readonly counts = new EventCounts();
  readonly #waiting: WriteBehind<WaitingEvent>;
  readonly #allowances: Readonly<Record<EventFamily, Allowance>>;
  readonly #ids = new EventIds();
  readonly #settleIntervalMs: number;
  #settleTimer: NodeJS.Timeout | undefined;

  constructor({ appEvents, log, allowance = ALLOWANCE, settleIntervalMs = MINUTE_MS }: EventLogOptions) {
    this.feed = new EventFeed({ appEvents, log });
    this.#allowances = Object.fromEntries(EVENT_FAMILIES.map((family) => [family, new Allowance(allowance)])) as Record<
      EventFamily,
      Allowance
    >;
    this.#settleIntervalMs = settleIntervalMs;
    this.#waiting = new WriteBehind({
      flush: (items) => appEvents.addAll(items.map((item) => this.#toRow(item))),
      intervalMs: FLUSH_INTERVAL_MS,
      maxItems: MAX_WAITING,
      log,
    });
  }

  /** The events that wait to be written, and the apps whose events are counted, in the family that has most of them. */
  get bounds(): Readonly<Record<'waiting' | 'allowance', Bound>> {
    const all = EVENT_FAMILIES.map((family) => this.#allowances[family]);
    return {
      waiting: this.#waiting,
      allowance: {
        size: Math.max(...all.map(({ size }) => size)),
        max: Math.max(...all.map(({ max }) => max)),
        lost: all.reduce((sum, { lost }) => sum + lost, 0),
      },
    };
  }

  /** Records an event of an existing environment. Returns at once and never throws. */
  record(clientId: string, event: AppEvent): void {
    this.counts.note(clientId, event);
    const at = Date.now();
    if (this.#allowances[familyOf(event)].take(clientId, at)) this.#waiting.add({ clientId, at, event });
    this.#settleTimer ??= setTimeout(() => this.#settle(), this.#settleIntervalMs).unref();
  }

  /** Writes the waiting events. */
  flush(): Promise<void> {
    return this.#waiting.flush();
  }

  /** Writes the waiting events and ends the feed. */
  async close(): Promise<void> {
    this.#settle();
    this.feed.close();
    await this.#waiting.close();
  }

  #settle(): void {
    clearTimeout(this.#settleTimer);
    this.#settleTimer = undefined;
    const at = Date.now();
    for (const family of EVENT_FAMILIES) {
      for (const { key: clientId, refused } of this.#allowances[family].settle(at)) {
        this.#waiting.add({ clientId, at, event: { kind: 'log.omitted', detail: { count: refused, of: family } } });
      }
    }
    if (EVENT_FAMILIES.some((family) => this.#allowances[family].size > 0))
      this.#settleTimer = setTimeout(() => this.#settle(), this.#settleIntervalMs).unref();
  }

  #toRow(waiting: WaitingEvent): RecordedEvent {
    const { clientId, at, event } = waiting;
    waiting.id ??= this.#ids.next(at);
    return {
      id: waiting.id,
      clientId,
      kind: event.kind,
      requestId: event.requestId,
      attempt: event.attempt,
      userId: event.userId,
      status: event.status,
      summary: summarize(event),
      detail: event.detail as unknown as Record<string, unknown>,
      at: new Date(at),
    };
  }
}
