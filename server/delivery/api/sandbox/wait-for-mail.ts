import { setTimeout as delay } from 'node:timers/promises';
import type { Bound } from '#load/bound.ts';
import { elsewhere } from '#load/place.ts';

/** Short, so that a server that stops does not wait for those who wait. */
export const MAX_WAIT_SECONDS = 5;
const POLL_INTERVAL_MS = 250;
/** How many calls of one app wait at once, in this process. Others are answered at once. */
const MAX_WAITING = 10;
/** How many calls of all apps wait at once. */
const MAX_WAITING_IN_ALL = 200;

const waiting = new Map<string, number>();
let all = 0;
let lost = 0;

/** The calls that wait. Those for which there is no place are answered at once. */
export const mailWaits: Bound = {
  get size() {
    return all;
  },
  max: MAX_WAITING_IN_ALL,
  get lost() {
    return lost;
  },
};

/** Reads until there is a mail, or until the time is over. */
export async function waitForMail<Found extends { mails: readonly unknown[] }>(
  appId: string,
  seconds: number,
  read: () => Promise<Found>,
): Promise<Found> {
  const endsAt = performance.now() + seconds * 1000;
  const others = waiting.get(appId) ?? 0;
  if (others >= MAX_WAITING || all >= MAX_WAITING_IN_ALL) {
    if (all >= MAX_WAITING_IN_ALL) lost += 1;
    return read();
  }
  all += 1;
  waiting.set(appId, others + 1);
  try {
    for (;;) {
      const found = await read();
      const leftMs = endsAt - performance.now();
      if (found.mails.length > 0 || leftMs <= 0) return found;
      await elsewhere(() => delay(Math.min(POLL_INTERVAL_MS, leftMs)));
    }
  } finally {
    all -= 1;
    const left = (waiting.get(appId) ?? 1) - 1;
    if (left > 0) waiting.set(appId, left);
    else waiting.delete(appId);
  }
}
