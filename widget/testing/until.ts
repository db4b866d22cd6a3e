import { waitUntil } from '@open-wc/testing';

/** Long, because a busy machine may stand still for seconds: only a test that fails waits for so long. */
const TIMEOUT_MS = 30_000;

/** Waits until something holds. @param what for the message of a test that fails */
export function until(holds: () => unknown, what?: string): Promise<void> {
  return waitUntil(() => Boolean(holds()), what, { timeout: TIMEOUT_MS });
}
