/** What a caller is told to wait while the database is out of reach. A fail-over takes longer, so most come back once or twice. */
const RETRY_AFTER_SECONDS = 5;

/** The same for every contract: a `503` says when to come back. */
export const RETRY_LATER = { 'retry-after': String(RETRY_AFTER_SECONDS) } as const;
