import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** Thrown in place of a statement that would have come after the stop. */
export class StoppedError extends Error {
  override name = 'StoppedError';
}

/**
 * The same database for work that may go on for long. Once stopped, it runs no further statement, so that the work ends where it is: at a
 * boundary from which another process can go on, as after a crash.
 */
export function stoppable(db: Kysely<Tables>, signal: AbortSignal): Kysely<Tables> {
  return db.withPlugin({
    transformQuery: ({ node }) => {
      if (signal.aborted) throw new StoppedError('the server is closing');
      return node;
    },
    transformResult: async ({ result }) => result,
  });
}
