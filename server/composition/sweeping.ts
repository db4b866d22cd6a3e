import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import { deleteDueAccounts } from '../domain/accounts/deletion.ts';
import type { Database } from '../storage/database.ts';
import { createStorage } from '../storage/index.ts';
import { StoppedError, stoppable } from '../storage/stoppable.ts';
import { sweep } from '../storage/sweeper.ts';
import { inRounds } from './rounds.ts';

const INTERVAL_MS = 10 * 60 * 1000;

type SweepingLog = Pick<FastifyBaseLogger, 'warn' | 'error'>;

/**
 * Deletes, in rounds, what has expired, what is left of deleted apps, and accounts whose deletion is due. One round at a time, because one
 * with much to delete takes its turns between requests.
 * @returns how to stop it, before the database is closed
 */
export function sweepInRounds(
  { db }: Pick<Database, 'db'>,
  log: SweepingLog,
  intervalMs = INTERVAL_MS,
): { close(): Promise<void> } {
  const stop = new AbortController();
  const stoppableDb = stoppable(db, stop.signal);
  const storage = createStorage({ db: stoppableDb });
  const unlessStopped = (tell: (error: unknown) => void) => (error: unknown) => {
    if (!(error instanceof StoppedError)) tell(error);
  };
  const sweepOnce = async () => {
    await sweep(stoppableDb).catch(unlessStopped((error) => log.warn({ err: error }, 'sweeping failed')));
    const deleteAllDue = async () => {
      // A call deletes a bounded number.
      while ((await deleteDueAccounts(storage, log)) > 0) await nextTurn();
    };
    await deleteAllDue().catch(unlessStopped((error) => log.error({ err: error }, 'deleting accounts failed')));
  };
  return inRounds(sweepOnce, intervalMs, stop);
}
