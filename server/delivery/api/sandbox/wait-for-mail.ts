import { setTimeout as delay } from 'node:timers/promises';

/** Short, so that a server that stops does not wait for those who wait. */
export const MAX_WAIT_SECONDS = 5;
const POLL_INTERVAL_MS = 250;
/** How many calls of one app wait at once, in this process. Others are answered at once. */
const MAX_WAITING = 10;

const waiting = new Map<string, number>();

/** Reads until there is a mail, or until the time is over. */
export async function waitForMail<Found extends { mails: readonly unknown[] }>(
  appId: string,
  seconds: number,
  read: () => Promise<Found>,
): Promise<Found> {
  const endsAt = performance.now() + seconds * 1000;
  const others = waiting.get(appId) ?? 0;
  if (others >= MAX_WAITING) return read();
  waiting.set(appId, others + 1);
  try {
    for (;;) {
      const found = await read();
      const leftMs = endsAt - performance.now();
      if (found.mails.length > 0 || leftMs <= 0) return found;
      await delay(Math.min(POLL_INTERVAL_MS, leftMs));
    }
  } finally {
    const left = (waiting.get(appId) ?? 1) - 1;
    if (left > 0) waiting.set(appId, left);
    else waiting.delete(appId);
  }
}
