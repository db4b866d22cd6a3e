import { setTimeout as delay } from 'node:timers/promises';

/** A round ends at its next statement, and each of those touches a bounded number of rows. */
const CLOSE_TIMEOUT_MS = 2_000;

/**
 * Does work again and again, one round at a time, because one with much to do takes longer than the interval.
 * @param stop aborted when the rounds end
 * @returns how to end them, before the database is closed
 */
export function inRounds(
  work: () => Promise<void>,
  intervalMs: number,
  stop: AbortController,
): { close(): Promise<void> } {
  let round: Promise<void> | undefined;
  const timer = setInterval(() => {
    round ??= work().finally(() => {
      round = undefined;
    });
  }, intervalMs).unref();
  return {
    close: async () => {
      clearInterval(timer);
      stop.abort();
      await Promise.race([round, delay(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
    },
  };
}
