import { readdirSync, readFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { unmatchableHash } from './passwords.ts';

/** What Linux lists as a process's threads, and how libuv names those of its pool. */
const THREADS = '/proc/self/task';
const OF_THE_POOL = 'libuv-worker';
/** A tenth of what the event loop gets when both want a processor. At the lowest priority, a flood of requests would stop all sign-ins. */
const NICENESS = 10;

/**
 * Lets the event loop go before passwords. On a machine with few processors a hash, which takes 10 ms, otherwise holds up requests that take
 * one. On Linux only, where the priority of a thread can be set; elsewhere nothing changes.
 */
export async function yieldToRequests(): Promise<void> {
  // It was hashed by the pool, so that the pool exists.
  await unmatchableHash;
  for (const thread of threadsOfThePool()) setPriority(thread, NICENESS);
}

/** Their ids. None where the system does not list them, or Node does not name them. */
export function threadsOfThePool(): number[] {
  try {
    return readdirSync(THREADS)
      .filter((id) => readFileSync(`${THREADS}/${id}/comm`, 'utf8').trim() === OF_THE_POOL)
      .map(Number);
  } catch {
    return [];
  }
}
