import type { Pool } from 'pg';
import { type RateLimiterAbstract, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { MemoryLimiter } from './memory-limiter.ts';

export type Limiter = RateLimiterAbstract;
export { RateLimiterRes as LimitState };

/** How many `points` may be used within `duration` seconds. */
export interface Limit {
  points: number;
  duration: number;
}

/** A rate limiter. With PostgreSQL, several processes share its counters in the database; with SQLite the counters are in memory. */
export function createLimiter(pool: Pool | undefined, name: string, limit: Limit): Limiter {
  if (!pool) return new MemoryLimiter({ keyPrefix: name, ...limit });
  return new RateLimiterPostgres({
    storeClient: pool,
    keyPrefix: name,
    tableName: 'rate_limits',
    tableCreated: true,
    ...limit,
  });
}
