export const MINUTE_SECONDS = 60;
export const HOUR_SECONDS = 60 * MINUTE_SECONDS;
export const DAY_SECONDS = 24 * HOUR_SECONDS;

/** Since it was last used. */
export const SESSION_LIFETIME_SECONDS = 14 * DAY_SECONDS;
