const HOUR_MS = 60 * 60 * 1000;

/** For how long a secret goes on working beside the one that takes its place, in milliseconds. `now` is for one that has leaked. */
export const GRACES_MS = { now: 0, '1h': HOUR_MS, '24h': 24 * HOUR_MS, '7d': 7 * 24 * HOUR_MS } as const;

export type Grace = keyof typeof GRACES_MS;

export const GRACES = Object.keys(GRACES_MS) as readonly Grace[];
/** Time to roll out a new secret without hurry. */
export const DEFAULT_GRACE: Grace = '24h';
