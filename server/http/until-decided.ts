import { setTimeout as delay } from 'node:timers/promises';
import { elsewhere } from '../load/place.ts';

const PAUSE_MS = { first: 20, last: 250 };

/**
 * Asks until the first of two equal requests has been answered, or has failed so that this one may be the first.
 * @returns the last answer: `under-way` when that takes longer than `maxWaitMs`
 */
export async function untilDecided<Claim extends { outcome: string } | undefined>(
  ask: () => Promise<Claim>,
  maxWaitMs: number,
): Promise<Claim> {
  const deadline = Date.now() + maxWaitMs;
  for (let pauseMs = PAUSE_MS.first; ; pauseMs = Math.min(2 * pauseMs, PAUSE_MS.last)) {
    const claim = await ask();
    if (claim?.outcome !== 'under-way' || Date.now() >= deadline) return claim;
    await elsewhere(() => delay(pauseMs));
  }
}
