import type { Language } from '@signup-with-platform/messages';

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 60 * MINUTE_SECONDS;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/**
 * How long a link or a code works, such as "90 minutes", "24 hours" or "7 days": never rounded, because a mail must not promise more. One day
 * is said in hours, because "1 day" could be taken for the end of the day.
 * @throws RangeError unless it is a number of whole minutes, at least one
 */
export function formatLifetime(seconds: number, { duration }: Language): string {
  if (!Number.isSafeInteger(seconds / MINUTE_SECONDS) || seconds < MINUTE_SECONDS)
    throw new RangeError(`a lifetime of ${seconds} seconds is no number of whole minutes`);
  if (seconds > DAY_SECONDS && seconds % DAY_SECONDS === 0) return duration(seconds / DAY_SECONDS, 'day');
  if (seconds % HOUR_SECONDS === 0) return duration(seconds / HOUR_SECONDS, 'hour');
  return duration(seconds / MINUTE_SECONDS, 'minute');
}
