/** As old as a backup that was made just before an upgrade: what lives for an hour still works. */
export const FIXTURE_AGE_MS = 30 * 60 * 1000;

const DAY_MS = 24 * 60 * 60 * 1000;
/** The longest-lived times are those of consent: a hundred years. */
const MAX_LIFETIME_MS = 200 * 365 * DAY_MS;

/** A number by itself, in seconds or milliseconds: not a part of a secret, an id, an address or a telephone number. */
const NUMBER = /(?<![\w+/.=-])\d{10}(?:\d{3})?(?![\w+/.=-])/g;

/**
 * Moves every time in a dump forward, so that a fixture never grows old: whoever was signed in when it was made still is, whenever the test
 * runs. The platform keeps times in milliseconds, and in the payloads of oidc-provider in seconds.
 * @param madeAt when the dump was made
 */
export function movedToNow(sql: string, madeAt: Date): string {
  const shiftMs = Date.now() - FIXTURE_AGE_MS - madeAt.getTime();
  return sql.replaceAll(NUMBER, (digits) => {
    const isSeconds = digits.length === 10;
    const at = Number(digits) * (isSeconds ? 1000 : 1);
    if (at < madeAt.getTime() - DAY_MS || at > madeAt.getTime() + MAX_LIFETIME_MS) return digits;
    return String(isSeconds ? Math.round((at + shiftMs) / 1000) : at + shiftMs);
  });
}
