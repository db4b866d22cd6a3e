export const MINUTE_SECONDS = 60;
export const HOUR_SECONDS = 60 * MINUTE_SECONDS;
export const DAY_SECONDS = 24 * HOUR_SECONDS;

/** Counted from the session's last use. */
export const SESSION_LIFETIME_SECONDS = 14 * DAY_SECONDS;
