import cluster from 'node:cluster';
import type { Pool } from 'pg';
import {
  type RateLimiterAbstract,
  RateLimiterCluster,
  RateLimiterClusterMaster,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
} from 'rate-limiter-flexible';

export type Limiter = RateLimiterAbstract;
export { RateLimiterRes as LimitState };

/** How many `points` may be used within `duration` seconds. */
export interface Limit {
  points: number;
  duration: number;
}

/** How long a worker waits for the count. The process that keeps it does little else. */
const PRIMARY_TIMEOUT_MS = 3_000;

/**
 * A rate limiter that all processes of an installation share. With PostgreSQL its counters are in the database. With SQLite they are in
 * memory: in that of the one process, or, where several serve one port, in that of the process which has started them.
 */
export function createLimiter(pool: Pool | undefined, name: string, limit: Limit): Limiter {
  const options = { keyPrefix: name, ...limit };
  if (pool)
    return new RateLimiterPostgres({ storeClient: pool, tableName: 'rate_limits', tableCreated: true, ...options });
  if (cluster.isWorker) return new RateLimiterCluster({ timeoutMs: PRIMARY_TIMEOUT_MS, ...options });
  return createOwnLimiter(name, limit);
}

/** A rate limiter by which each process counts for itself, for bounds that need not be exact. */
export function createOwnLimiter(name: string, limit: Limit): Limiter {
  return new RateLimiterMemory({ keyPrefix: name, ...limit });
}

/** Keeps the counters of this process's workers. They outlive a worker. */
export function countForWorkers(): void {
  new RateLimiterClusterMaster();
}
