import type { ApiKey } from '../../storage/api-keys.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** How long before a key expires its owners are warned. */
const EXPIRES_SOON_MS = 14 * DAY_MS;

/** The lifetimes that a new key may have, in days, besides "forever" and "until a date". */
export const KEY_LIFETIMES_DAYS = [30, 90, 365] as const;
/** The furthest end date. A later one is a slip, or means "never". */
export const MAX_KEY_LIFETIME_DAYS = 3_650;

/** `replaced`: a new key has taken its place, and this one works until its grace time ends. */
export type KeyState = 'active' | 'expires_soon' | 'replaced' | 'expired';

/** @param now milliseconds since the epoch */
export function keyState(
  { expiresAt, replacedAt }: Pick<ApiKey, 'expiresAt' | 'replacedAt'>,
  now = Date.now(),
): KeyState {
  if (expiresAt && expiresAt.getTime() <= now) return 'expired';
  if (replacedAt) return 'replaced';
  return expiresAt && expiresAt.getTime() - now <= EXPIRES_SOON_MS ? 'expires_soon' : 'active';
}

export function afterDays(days: number, now = Date.now()): Date {
  return new Date(now + days * DAY_MS);
}

/**
 * The end of a day in UTC, when a key expires.
 * @param date `YYYY-MM-DD`, as a date field sends it
 * @returns undefined when the day does not exist, has passed, or is too far ahead
 */
export function endOfDay(date: string, now = Date.now()): Date | undefined {
  const start = /^\d{4}-\d{2}-\d{2}$/.test(date) ? new Date(`${date}T00:00:00Z`) : undefined;
  // The parser turns February 30 into March 2, which is refused here.
  if (!start || Number.isNaN(start.getTime()) || !start.toISOString().startsWith(date)) return undefined;
  const end = start.getTime() + DAY_MS;
  return end > now && end <= now + MAX_KEY_LIFETIME_DAYS * DAY_MS ? new Date(end) : undefined;
}
