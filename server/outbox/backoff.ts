import { randomInt } from 'node:crypto';

/** When a failed attempt is repeated. */
export interface Backoff {
  /** After the first failure. It doubles with each further one. */
  readonly firstDelayMs: number;
  readonly maxDelayMs?: number;
  /** After so many failures it is given up. */
  readonly maxAttempts: number;
}

/** In steps of a thousandth: up to a quarter is added, so that what has failed together does not come back together. */
const JITTER_STEPS = 251;

/** @param attempts how many have failed. @returns undefined when it is given up */
export function delayAfter(attempts: number, { firstDelayMs, maxDelayMs, maxAttempts }: Backoff): number | undefined {
  if (attempts >= maxAttempts) return undefined;
  const delayMs = Math.min(firstDelayMs * 2 ** (attempts - 1), maxDelayMs ?? Number.POSITIVE_INFINITY);
  return Math.round(delayMs * (1 + randomInt(JITTER_STEPS) / 1000));
}
