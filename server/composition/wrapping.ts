import type { DataKeys } from '../data-key/data-keys.ts';
import { wrapDigests } from '../domain/import/wrap-digests.ts';
import type { Log } from '../log.ts';
import type { Database } from '../storage/database.ts';
import { createStorage } from '../storage/index.ts';
import { StoppedError, stoppable } from '../storage/stoppable.ts';
import { inRounds } from './rounds.ts';

const INTERVAL_MS = 60 * 1000;

/**
 * Wraps weak digests that were imported, in rounds: there are any only after an import, and a round takes as long as it takes.
 * @returns how to stop it, before the database is closed
 */
export function wrapInRounds(
  { db }: Pick<Database, 'db'>,
  dataKeys: DataKeys,
  log: Pick<Log, 'warn' | 'info'>,
  intervalMs = INTERVAL_MS,
): { close(): Promise<void> } {
  const stop = new AbortController();
  const storage = createStorage({ db: stoppable(db, stop.signal) });
  const wrapOnce = async () => {
    try {
      const wrapped = await wrapDigests({ storage, dataKeys }, stop.signal);
      if (wrapped > 0)
        log.info({ passwords: wrapped }, 'weakly hashed passwords of an import have a slow hash around them');
    } catch (error) {
      if (!(error instanceof StoppedError)) log.warn({ err: error }, 'wrapping imported passwords failed');
    }
  };
  return inRounds(wrapOnce, intervalMs, stop);
}
