import { availableParallelism } from 'node:os';
import { FairQueue } from '../../load/fair-queue.ts';

/**
 * More hashes at once than processors only make each of them slower. Node's thread pool has four threads, and also compresses, reads files and
 * looks names up, so one of them is left to that.
 */
const CONCURRENCY = Math.min(availableParallelism(), 3);
/** The last one waits a second or two: a sign-in takes 30 to 90 ms. */
const WAITING_PER_PROCESSOR = 32;
export const MAX_WAITING = CONCURRENCY * WAITING_PER_PROCESSOR;

const REFUSAL = 'Too many passwords are being checked at the moment. Wait for Retry-After.';

/** All passwords of this process go through it. */
export const hashQueue = new FairQueue(REFUSAL, { concurrency: CONCURRENCY, maxWaiting: MAX_WAITING });

/** Gives this process its part of the processors, where several hash on one machine. */
export function shareProcessors(processes: number): void {
  const concurrency = Math.max(1, Math.min(CONCURRENCY, Math.floor(availableParallelism() / processes)));
  hashQueue.setLimits({ concurrency, maxWaiting: concurrency * WAITING_PER_PROCESSOR });
}
