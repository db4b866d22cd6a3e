import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { traceWork, within } from '../tracing/current-trace.ts';
import { type Backoff, delayAfter } from './backoff.ts';

/** A server that stops does not have the minutes that a slow receiver takes. */
const CLOSE_TIMEOUT_MS = 2_000;
/** A lease is renewed so often within its length that one renewal may fail. */
const RENEWALS_PER_LEASE = 3;

/** Something that waits in the database and that this process has taken. */
export interface Work {
  readonly id: string;
  /** This one included. */
  readonly attempts: number;
}

/**
 * One kind of work: how it is taken from the database, done, and what becomes of it. A new kind needs an object of this type, and a
 * {@link Worker} that is closed with the server.
 */
export interface WorkKind<Item extends Work> {
  /** For traces, e.g. "send mail". */
  readonly name: string;
  /** For the log, e.g. "mail was not sent". */
  readonly failed: string;
  /** How much of it this process does at once. */
  readonly slots: number;
  /** For how long nobody else takes what this process has taken. It is renewed for as long as the work takes. */
  readonly leaseMs: number;
  readonly pollIntervalMs: number;
  readonly backoff: Backoff;
  /** Whether it is given up at this failure, whatever the backoff says. Default: the backoff alone decides. */
  isLast?(item: Item): boolean;
  /** Takes what has been due for longest. @param busy what is being done here */
  claim(leaseMs: number, busy: readonly Item[]): Promise<Item | undefined>;
  /** @returns false when somebody else has it by now */
  renew(item: Item, leaseMs: number): Promise<boolean>;
  /** Does it. Whoever does it must be ready for doing it twice: a process may die before it has written that it is done. */
  run(item: Item): Promise<void>;
  done(item: Item): Promise<void>;
  postpone(item: Item, delayMs: number, reason: string): Promise<void>;
  giveUp(item: Item, reason: string): Promise<void>;
}

/** How often work was done, failed and will be done again, or was given up. */
export interface Deliveries {
  readonly done: number;
  readonly failed: number;
  readonly given_up: number;
}

/**
 * Does one kind of work in the background: at least once, and by one process at a time. Several processes may share the work. One that dies
 * leaves a lease, after which another takes over.
 */
export class Worker<Item extends Work> {
  readonly #kind: WorkKind<Item>;
  readonly #log: Pick<Log, 'warn'>;
  readonly #running = new Map<Item, Promise<void>>();
  readonly #timer: NodeJS.Timeout;
  readonly #deliveries = { done: 0, failed: 0, given_up: 0 };
  #filling: Promise<void> | undefined;
  #isAskedAgain = false;
  #isClosing = false;

  constructor(kind: WorkKind<Item>, log: Pick<Log, 'warn'>) {
    this.#kind = kind;
    this.#log = log;
    this.#timer = setInterval(() => this.wake(), kind.pollIntervalMs).unref();
  }

  /** What has become of the work since the process started. */
  get deliveries(): Deliveries {
    return this.#deliveries;
  }

  /** Looks for work at once, e.g. because there is some. */
  wake(): void {
    if (this.#filling) {
      // The look that is under way may have been too early.
      this.#isAskedAgain = true;
      return;
    }
    // Whose request has woken it is not whose work is found.
    this.#filling = within(undefined, () => this.#fill()).finally(() => {
      this.#filling = undefined;
      if (!this.#isAskedAgain) return;
      this.#isAskedAgain = false;
      this.wake();
    });
  }

  /** Takes no more work, and waits a moment for what is under way. What is not finished then is done again later, by anybody. */
  async close(): Promise<void> {
    this.#isClosing = true;
    clearInterval(this.#timer);
    const finished = Promise.all([this.#filling, ...this.#running.values()]).then(() =>
      Promise.all(this.#running.values()),
    );
    await Promise.race([finished, delay(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
  }

  async #fill(): Promise<void> {
    try {
      while (!this.#isClosing && this.#running.size < this.#kind.slots) {
        const item = await this.#kind.claim(this.#kind.leaseMs, [...this.#running.keys()]);
        if (!item) return;
        const work = this.#do(item).finally(() => {
          this.#running.delete(item);
          this.wake();
        });
        this.#running.set(item, work);
      }
    } catch (error) {
      this.#log.warn({ reason: reasonOf(error) }, 'the outbox could not be read');
    }
  }

  async #do(item: Item): Promise<void> {
    const { name, leaseMs, backoff, failed } = this.#kind;
    let renewed: Promise<unknown> | undefined;
    const renewal = setInterval(() => {
      renewed = this.#kind.renew(item, leaseMs).catch(() => {});
    }, leaseMs / RENEWALS_PER_LEASE).unref();
    try {
      const reason = await traceWork(name, () => this.#kind.run(item)).then(
        () => undefined,
        (error: unknown) => reasonOf(error),
      );
      clearInterval(renewal);
      // What is written next names the lease, and one that is being renewed has another end in the database than here.
      await renewed;
      if (reason === undefined) {
        this.#deliveries.done += 1;
        return await this.#kind.done(item);
      }
      const { id, attempts } = item;
      const delayMs = this.#kind.isLast?.(item) ? undefined : delayAfter(attempts, backoff);
      this.#log.warn({ id, attempts, givenUp: delayMs === undefined, reason }, failed);
      this.#deliveries[delayMs === undefined ? 'given_up' : 'failed'] += 1;
      if (delayMs === undefined) await this.#kind.giveUp(item, reason);
      else await this.#kind.postpone(item, delayMs, reason);
    } catch (error) {
      // What has become of it could not be written, so it is done again after the lease.
      this.#log.warn({ reason: reasonOf(error) }, 'the outbox could not be written');
    } finally {
      clearInterval(renewal);
    }
  }
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
