import type { Config } from '../config.ts';
import type { DataKeys } from '../data-key/data-keys.ts';
import type { FieldCatalogue } from '../domain/claims/catalogue.ts';
import { runNextImport } from '../domain/management/run-import.ts';
import type { Log } from '../log.ts';
import type { Database } from '../storage/database.ts';
import { createStorage } from '../storage/index.ts';
import { StoppedError, stoppable } from '../storage/stoppable.ts';
import { inRounds } from './rounds.ts';

const INTERVAL_MS = 2 * 1000;

/**
 * Imports what keys of the management API have uploaded, one after the other. With several processes, each upload is one's.
 * @returns how to stop it, before the database is closed
 */
export function importInRounds(
  { db }: Pick<Database, 'db'>,
  parts: { dataKeys: DataKeys; config: Config; fields: FieldCatalogue },
  log: Pick<Log, 'warn' | 'error'>,
): { close(): Promise<void> } {
  const stop = new AbortController();
  const storage = createStorage({ db: stoppable(db, stop.signal) });
  const importWaiting = async () => {
    try {
      while (await runNextImport({ ...parts, storage }, log));
    } catch (error) {
      if (!(error instanceof StoppedError)) log.warn({ err: error }, 'importing uploads failed');
    }
  };
  return inRounds(importWaiting, INTERVAL_MS, stop);
}
