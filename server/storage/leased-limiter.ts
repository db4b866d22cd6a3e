import type { Bound } from '../load/bound.ts';
import { type Limiter, LimitState } from './limiter.ts';

/** Of all points, and of those that are left, a server takes at most so much at a time. */
const SHARE_OF_ALL = 100;
const SHARE_OF_REST = 20;
/** Above so many keys, leases that are over are looked for. */
const MANY_KEYS = 10_000;
/** How many leases are kept, some megabytes. Above that, further keys take their points one by one. */
const MAX_LEASES = 100_000;

/** Points that this server has taken and not used yet. */
interface Lease {
  left: number;
  /** How many the others may still take. */
  shared: number;
  /** When the counted time is over, in milliseconds since 1970. */
  endsAt: number;
}

/** What is left to a key. */
export interface Left {
  remainingPoints: number;
  msBeforeNext: number;
}

/**
 * A limiter that takes points from the database in blocks, because counting each request there costs more than many a request does. While a
 * server holds points that it does not use, others may be refused as much earlier: by at most a hundredth of the limit for each server.
 * Nobody gets more than the limit, and the last points are taken one by one.
 */
export class LeasedLimiter implements Bound {
  /** How many keys have a lease at most. */
  readonly max: number;
  readonly #limiter: Limiter;
  readonly #points: number;
  readonly #leases = new Map<string, Lease>();
  readonly #taking = new Map<string, Promise<void>>();
  /** With so many keys, leases that are over are looked for: with twice those that were left, so that looking is rare however many there are. */
  #lookAt = MANY_KEYS;
  #lost = 0;

  /** @param points the limit of `limiter` */
  constructor(limiter: Limiter, points: number, maxLeases = MAX_LEASES) {
    this.#limiter = limiter;
    this.#points = points;
    this.max = maxLeases;
  }

  /** How many keys have a lease, some of them over. */
  get size(): number {
    return this.#leases.size;
  }

  /** How often a lease was not kept, because there were too many. */
  get lost(): number {
    return this.#lost;
  }

  /** Uses one point. @throws LimitState when there is none, and what the database says */
  async consume(key: string): Promise<Left> {
    for (;;) {
      const lease = this.#leaseOf(key);
      if (lease && lease.left > 0) {
        lease.left -= 1;
        return { remainingPoints: lease.shared + lease.left, msBeforeNext: lease.endsAt - Date.now() };
      }
      const size = this.#sizeFor(lease);
      if (size === 1) return this.#takeOne(key);
      const taking = this.#taking.get(key) ?? this.#take(key, size).finally(() => this.#taking.delete(key));
      this.#taking.set(key, taking);
      await taking;
    }
  }

  /** Gives back what is not used, so that it is not lost when this server stops. */
  async close(): Promise<void> {
    const held = [...this.#leases].filter(([key, { left }]) => left > 0 && this.#leaseOf(key));
    this.#leases.clear();
    await Promise.all(held.map(([key, { left }]) => this.#limiter.reward(key, left)));
  }

  #leaseOf(key: string): Lease | undefined {
    const lease = this.#leases.get(key);
    return lease && lease.endsAt > Date.now() ? lease : undefined;
  }

  #sizeFor(lease: Lease | undefined): number {
    if (!lease) return 1;
    return Math.max(1, Math.floor(Math.min(this.#points / SHARE_OF_ALL, lease.shared / SHARE_OF_REST)));
  }

  async #takeOne(key: string): Promise<Left> {
    const state = await this.#limiter.consume(key);
    this.#keep(key, 0, state);
    return state;
  }

  /** Takes a block; where others were faster, and there is no whole one any more, callers go on point by point. */
  async #take(key: string, size: number): Promise<void> {
    try {
      this.#keep(key, size, await this.#limiter.consume(key, size));
    } catch (refusal) {
      if (!(refusal instanceof LimitState)) throw refusal;
      await this.#limiter.reward(key, size);
      this.#leases.delete(key);
    }
  }

  #keep(key: string, taken: number, { remainingPoints, msBeforeNext }: LimitState): void {
    if (this.#leases.size >= this.#lookAt) this.#dropWhatIsOver();
    const held = this.#leaseOf(key)?.left ?? 0;
    // The newest is last, so that the first is over before the others.
    this.#leases.delete(key);
    if (this.#isFull()) {
      this.#lost += 1;
      return;
    }
    this.#leases.set(key, { left: held + taken, shared: remainingPoints, endsAt: Date.now() + msBeforeNext });
  }

  #isFull(): boolean {
    if (this.#leases.size < this.max) return false;
    const [first] = this.#leases.keys();
    return first === undefined || this.#leaseOf(first) !== undefined || !this.#leases.delete(first);
  }

  #dropWhatIsOver(): void {
    for (const each of this.#leases.keys()) if (!this.#leaseOf(each)) this.#leases.delete(each);
    this.#lookAt = Math.max(MANY_KEYS, 2 * this.#leases.size);
  }
}
