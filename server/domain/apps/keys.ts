import type { ApiKey } from '../../storage/api-keys.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** From so long before its end on, the owners of a key are warned. */
const EXPIRES_SOON_MS = 14 * DAY_MS;

/** For how many days a key may be made to work, besides for ever or until a date. */
export const KEY_LIFETIMES_DAYS = [30, 90, 365] as const;
/** As far ahead as a date may lie: further is the same as never, or a slip. */
export const MAX_KEY_LIFETIME_DAYS = 3_650;

/** `replaced`: another has taken its place, and it works until its grace time ends. */
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
 * The end of a day, UTC, as the last moment of a key.
 * @param date `YYYY-MM-DD`, as a date field sends it
 * @returns undefined when there is no such day, or it is over or too far away
 */
export function endOfDay(date: string, now = Date.now()): Date | undefined {
  const start = /^\d{4}-\d{2}-\d{2}$/.test(date) ? new Date(`${date}T00:00:00Z`) : undefined;
  // February 30 is taken for March 2.
  if (!start || Number.isNaN(start.getTime()) || !start.toISOString().startsWith(date)) return undefined;
  const end = start.getTime() + DAY_MS;
  return end > now && end <= now + MAX_KEY_LIFETIME_DAYS * DAY_MS ? new Date(end) : undefined;
}
