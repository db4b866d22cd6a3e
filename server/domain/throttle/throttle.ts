import { hash } from 'node:crypto';
import type { Bound } from '../../load/bound.ts';
import type { Database } from '../../storage/database.ts';
import { createLimiter, type Limiter, LimitState } from '../../storage/limiter.ts';
import { MemoryLimiter } from '../../storage/memory-limiter.ts';
import { LIMITS, type NetworkAct, networkPrefixOf, type OtherAct, type ThrottledAct } from './limits.ts';
import { networkKey } from './network-key.ts';

export type { ThrottledAct } from './limits.ts';

/** What an act by network is counted for: the network of a whole address, and what else the limit is about. */
export interface AtNetwork {
  /** Undefined and a loopback address are not counted, unless there is a subject. */
  address: string | undefined;
  subject?: string;
}

/** What an act is counted for. Without a key there is no limit. */
type KeyOf<Act extends ThrottledAct> =
  | undefined
  | (Act extends NetworkAct ? AtNetwork : never)
  | (Act extends OtherAct ? string : never);

/**
 * Limits attempts. It counts in PostgreSQL when there may be several processes, else in memory. Keys are hashed, so that the table does
 * not become a list of addresses.
 */
export class Throttle {
  readonly #limiters: Record<ThrottledAct, Limiter>;

  constructor(pool: Database['pool']) {
    this.#limiters = Object.fromEntries(
      Object.entries(LIMITS).map(([act, limit]) => [act, createLimiter(pool, act, limit)]),
    ) as Record<ThrottledAct, Limiter>;
  }

  /** The keys of the act that has the most, where they are in memory. */
  get keys(): Bound {
    const counted = Object.values(this.#limiters).filter((limiter) => limiter instanceof MemoryLimiter);
    return {
      size: Math.max(0, ...counted.map(({ size }) => size)),
      max: Math.max(0, ...counted.map(({ max }) => max)),
      lost: counted.reduce((sum, { lost }) => sum + lost, 0),
    };
  }

  /** Counts one attempt. @returns milliseconds to wait after too many attempts, else 0; always 0 without a key */
  async count<Act extends ThrottledAct>(act: Act, key: KeyOf<Act>): Promise<number> {
    return this.#consume(act, keyHash(act, key), {});
  }

  /**
   * Lets one attempt through and then none for `durationMs`. For acts with one point.
   * @returns milliseconds to wait, 0 when this attempt may go on
   */
  async pace(act: OtherAct, key: string, durationMs: number): Promise<number> {
    return this.#consume(act, keyHash(act, key), { customDuration: durationMs / 1000 });
  }

  /** Counts one attempt without judging it. @returns the attempts so far, with this one */
  async tally(act: OtherAct, key: string): Promise<number> {
    return (await this.#limiters[act].penalty(keyHash(act, key) ?? '')).consumedPoints;
  }

  /**
   * Reads the count without counting, for acts of which only failures are counted, after they have failed.
   * @returns the attempts so far, and milliseconds to wait after too many attempts, else 0; always 0 without a key
   */
  async look<Act extends ThrottledAct>(act: Act, key: KeyOf<Act>): Promise<{ attempts: number; waitMs: number }> {
    const id = keyHash(act, key);
    const state = id === undefined ? null : await this.#limiters[act].get(id);
    // An expired counter may still exist for a moment.
    if (!state || state.msBeforeNext <= 0) return { attempts: 0, waitMs: 0 };
    const attempts = state.consumedPoints;
    return { attempts, waitMs: attempts < LIMITS[act].points ? 0 : state.msBeforeNext };
  }

  /** Subtracts one counted attempt, because it was not a guess. */
  async giveBack<Act extends ThrottledAct>(act: Act, key: KeyOf<Act>): Promise<void> {
    const id = keyHash(act, key);
    if (id !== undefined) await this.#limiters[act].reward(id);
  }

  /** Resets the count, because the caller knew the secret. */
  async forget<Act extends ThrottledAct>(act: Act, key: KeyOf<Act>): Promise<void> {
    const id = keyHash(act, key);
    if (id !== undefined) await this.#limiters[act].delete(id);
  }

  async #consume(act: ThrottledAct, id: string | undefined, options: { customDuration?: number }): Promise<number> {
    if (id === undefined) return 0;
    try {
      await this.#limiters[act].consume(id, 1, options);
      return 0;
    } catch (refusal) {
      if (refusal instanceof LimitState) return Math.max(refusal.msBeforeNext, 1);
      throw refusal;
    }
  }
}

function keyHash(act: ThrottledAct, key: AtNetwork | string | undefined): string | undefined {
  const text = typeof key === 'object' ? networkText(act, key) : key;
  return text === undefined ? undefined : hash('sha256', text, 'base64url');
}

function networkText(act: ThrottledAct, { address, subject }: AtNetwork): string | undefined {
  const network = address === undefined ? undefined : networkKey(address, networkPrefixOf(act));
  // What is limited for a subject is limited on the developer's own machine, too.
  return subject === undefined ? network : JSON.stringify([subject, network ?? 'local']);
}
