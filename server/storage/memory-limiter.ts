import { type IRateLimiterOptions, RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import type { Bound } from '../load/bound.ts';

/** How many keys one limiter counts, some megabytes. Whoever has a network of IPv6 has more addresses than any memory holds. */
const MAX_KEYS = 50_000;

type Options = Readonly<Record<string, unknown>>;

/**
 * Counts in memory, for so many keys. Beyond them, the one that was used longest ago is forgotten: that is mostly the one that would be
 * forgotten next anyway, because all keys of a limiter are counted for the same time. The library itself has no limit.
 */
export class MemoryLimiter extends RateLimiterMemory implements Bound {
  readonly max: number;
  /** The one that was used longest ago first. */
  readonly #used = new Set<string>();
  #lost = 0;

  constructor(options: IRateLimiterOptions, maxKeys = MAX_KEYS) {
    super(options);
    this.max = maxKeys;
  }

  /** How many keys are counted. Some may be over. */
  get size(): number {
    return this.#used.size;
  }

  /** How many were forgotten before their time. */
  get lost(): number {
    return this.#lost;
  }

  override consume(key: string, points?: number, options?: Options): Promise<RateLimiterRes> {
    this.#use(key);
    return super.consume(key, points, options);
  }

  override penalty(key: string, points?: number, options?: Options): Promise<RateLimiterRes> {
    this.#use(key);
    return super.penalty(key, points, options);
  }

  override reward(key: string, points?: number, options?: Options): Promise<RateLimiterRes> {
    this.#use(key);
    return super.reward(key, points, options);
  }

  override set(key: string, points: number, seconds: number): Promise<RateLimiterRes> {
    this.#use(key);
    return super.set(key, points, seconds);
  }

  override block(key: string, seconds: number): Promise<RateLimiterRes> {
    this.#use(key);
    return super.block(key, seconds);
  }

  override delete(key: string): Promise<boolean> {
    this.#used.delete(key);
    return super.delete(key);
  }

  #use(key: string): void {
    this.#used.delete(key);
    this.#used.add(key);
    const [oldest] = this.#used;
    if (oldest === undefined || oldest === key) return;
    if (this.#used.size > this.max) void this.#forget(oldest);
    else void this.#dropIfOver(oldest);
  }

  async #forget(key: string): Promise<void> {
    if (await this.delete(key)) this.#lost += 1;
  }

  /** The library forgets by itself what is over, and tells nobody. */
  async #dropIfOver(key: string): Promise<void> {
    if ((await this.get(key)) === null) this.#used.delete(key);
  }
}
