import type { Pool } from 'pg';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
} from 'rate-limiter-flexible';

export type Limiter = RateLimiterAbstract;
export { RateLimiterRes as LimitState };

/** So many points in so many seconds. */
export interface Limit {
  points: number;
  duration: number;
}

/** A counter that forgets: in PostgreSQL when there may be several processes, so that they share it, else in memory. */
export function createLimiter(pool: Pool | undefined, name: string, limit: Limit): Limiter {
  if (!pool) return new RateLimiterMemory({ keyPrefix: name, ...limit });
  return new RateLimiterPostgres({
    storeClient: pool,
    keyPrefix: name,
    tableName: 'rate_limits',
    tableCreated: true,
    ...limit,
  });
}
