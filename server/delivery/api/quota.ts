import type { FastifyReply } from 'fastify';
import type { Bound } from '#load/bound.ts';
import type { Database } from '../../storage/database.ts';
import { LeasedLimiter, type Left } from '../../storage/leased-limiter.ts';
import { createLimiter, LimitState } from '../../storage/limiter.ts';
import { ApiError } from './api-error.ts';

const HOUR_SECONDS = 3_600;

/** Limits each app's requests per hour. With PostgreSQL, all processes share the count, of which each takes a block at a time. */
export class Quota {
  readonly #limiter: LeasedLimiter;
  readonly #perHour: number;

  constructor(pool: Database['pool'], perHour: number) {
    this.#perHour = perHour;
    const limiter = createLimiter(pool, 'api', { points: perHour, duration: HOUR_SECONDS });
    this.#limiter = new LeasedLimiter(limiter, perHour);
  }

  /**
   * Counts one request of an app, or of a key of the management API, and sets the headers that say how many are left (draft-ietf-httpapi-ratelimit-headers).
   * @throws ApiError 429 with Retry-After when none are left
   */
  async spend(appId: string, reply: FastifyReply, who = 'The app'): Promise<void> {
    try {
      this.#tell(reply, await this.#limiter.consume(appId));
    } catch (refusal) {
      if (!(refusal instanceof LimitState)) throw refusal;
      this.#tell(reply, refusal);
      const seconds = String(Math.ceil(refusal.msBeforeNext / 1000));
      throw new ApiError(
        429,
        'too_many_requests',
        `${who} has used its quota of ${this.#perHour} requests per hour. Wait for Retry-After.`,
        {
          headers: { 'retry-after': seconds },
        },
      );
    }
  }

  /** Of apps of whose quota this process holds a part. */
  get leases(): Bound {
    return this.#limiter;
  }

  /** Gives back what this process has taken and not used. */
  close(): Promise<void> {
    return this.#limiter.close();
  }

  #tell(reply: FastifyReply, { remainingPoints, msBeforeNext }: Left): void {
    reply.header('ratelimit-policy', `"hour";q=${this.#perHour};w=${HOUR_SECONDS}`);
    reply.header('ratelimit', `"hour";r=${Math.max(remainingPoints, 0)};t=${Math.ceil(msBeforeNext / 1000)}`);
  }
}
