export const MINUTE_SECONDS = 60;
export const HOUR_SECONDS = 60 * MINUTE_SECONDS;
export const DAY_SECONDS = 24 * HOUR_SECONDS;

/** Counted from the session's last use. */
export const SESSION_LIFETIME_SECONDS = 14 * DAY_SECONDS;

/** For finding the address, typing the code, signing in and agreeing. */
export const DEVICE_CODE_LIFETIME_SECONDS = 10 * MINUTE_SECONDS;

/** For signing in or up and agreeing; each page that is answered begins anew. Anybody can make the server keep one. */
export const INTERACTION_LIFETIME_SECONDS = HOUR_SECONDS;
