const HOUR_MS = 60 * 60 * 1000;

/** How long a replaced secret keeps working beside the new one, in milliseconds. `now` is for a leaked secret. */
export const GRACES_MS = { now: 0, '1h': HOUR_MS, '24h': 24 * HOUR_MS, '7d': 7 * 24 * HOUR_MS } as const;

export type Grace = keyof typeof GRACES_MS;

export const GRACES = Object.keys(GRACES_MS) as readonly Grace[];
/** Enough time to roll out a new secret. */
export const DEFAULT_GRACE: Grace = '24h';
