import { setTimeout as delay } from 'node:timers/promises';

/** Long, because a busy machine may stand still for seconds: only a test that fails waits for so long. */
const TIMEOUT_MS = 60_000;
const INTERVAL_MS = 10;

/**
 * Waits until something holds. For what happens by itself in a moment: a mail that is sent, a process that begins to answer.
 * @returns the first answer that is not false, null or undefined
 * @throws Error that quotes the condition, when it has not come about within a minute
 */
export async function until<Found>(
  holds: () => Found | Promise<Found>,
): Promise<Exclude<Found, false | null | undefined>> {
  for (const deadline = performance.now() + TIMEOUT_MS; ; await delay(INTERVAL_MS)) {
    const found = await holds();
    if (isFound(found)) return found;
    if (performance.now() > deadline) throw new Error(`not within ${TIMEOUT_MS / 1000} seconds: ${holds}`);
  }
}

function isFound<Found>(found: Found): found is Exclude<Found, false | null | undefined> {
  return found !== undefined && found !== null && found !== false;
}

/** Lets the clock move on, for what is ordered by the millisecond. */
export async function nextMillisecond(): Promise<void> {
  const now = Date.now();
  await until(() => Date.now() > now);
}
