import cluster from 'node:cluster';
import type { Pool, QueryResult } from 'pg';
import {
  type RateLimiterAbstract,
  RateLimiterCluster,
  RateLimiterClusterMaster,
  type RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { CountTimeoutError } from './database-errors.ts';
import { MemoryLimiter } from './memory-limiter.ts';
import { repeated } from './transaction.ts';

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
  if (pool) {
    const storeClient = plainClient(pool);
    return new RateLimiterPostgres({
      ...options,
      ...{ storeClient, storeType: 'pool', tableName: 'rate_limits', tableCreated: true },
    });
  }
  if (cluster.isWorker) return new WorkerLimiter({ timeoutMs: PRIMARY_TIMEOUT_MS, ...options });
  return createOwnLimiter(name, limit);
}

/**
 * The library names its statements, so that they stay in the connection. A pooler that lends a connection for one transaction only
 * (PgBouncer) would look for them in another one.
 */
function plainClient(pool: Pool): { query(statement: { text: string; values: unknown[] }): Promise<QueryResult> } {
  return { query: ({ text, values }) => repeated(() => pool.query(text, values)) };
}

/** A rate limiter by which each process counts for itself, for bounds that need not be exact. */
export function createOwnLimiter(name: string, limit: Limit): MemoryLimiter {
  return new MemoryLimiter({ keyPrefix: name, ...limit });
}

/**
 * Asks the process that counts for all workers. Without its answer nothing is allowed, because a limit would not hold otherwise; whoever asks
 * is told to come back, as while a database is out of reach.
 */
class WorkerLimiter extends RateLimiterCluster {
  override consume(...asked: Parameters<Limiter['consume']>) {
    return super.consume(...asked).catch(asCountTimeout);
  }

  override penalty(...asked: Parameters<Limiter['penalty']>) {
    return super.penalty(...asked).catch(asCountTimeout);
  }

  override reward(...asked: Parameters<Limiter['reward']>) {
    return super.reward(...asked).catch(asCountTimeout);
  }

  override get(...asked: Parameters<Limiter['get']>) {
    return super.get(...asked).catch(asCountTimeout);
  }

  override delete(...asked: Parameters<Limiter['delete']>) {
    return super.delete(...asked).catch(asCountTimeout);
  }
}

/** The library's only error: what is refused is no error, but a state. */
function asCountTimeout(refusal: unknown): never {
  throw refusal instanceof Error ? new CountTimeoutError(refusal.message, { cause: refusal }) : refusal;
}

/** Keeps the counters of this process's workers. They outlive a worker. */
export function countForWorkers(): void {
  const primary = new RateLimiterClusterMaster();
  const made = new Proxy<Record<string, MemoryLimiter>>(
    {},
    {
      // The library's own limiters have no limit of keys. `limiter.test.ts` fails when it keeps them elsewhere.
      set: (limiters, name: string, { points, duration, blockDuration }: RateLimiterMemory) => {
        limiters[name] = new MemoryLimiter({ keyPrefix: name, points, duration, blockDuration });
        return true;
      },
    },
  );
  Reflect.set(primary, '_rateLimiters', made);
}
