import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { deleteDueAccounts } from '../domain/accounts/deletion.ts';
import type { Database } from '../storage/database.ts';
import { sweep } from '../storage/sweeper.ts';
import type { Services } from './services.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Writes what past requests left to be written later: events, uses of keys, disclosures. */
    flush(): Promise<void>;
  }
}

const SWEEP_INTERVAL_MS = 10 * 60 * 1000;

/** A round deletes a bounded number; the next begins after a turn of the event loop, until none is due. */
async function deleteAllDue({ storage }: Services, log: FastifyBaseLogger): Promise<void> {
  while ((await deleteDueAccounts(storage, log)) > 0) await nextTurn();
}

/** Starts the work that goes on between requests, and writes what is waiting before the server closes. */
export function addBackgroundWork(app: FastifyInstance, services: Services, database: Database): void {
  const { mailer, disclosures, events, keyUses } = services;
  const writtenBehind = [disclosures, events, keyUses];
  app.decorate('flush', async () => {
    for (const each of writtenBehind) await each.flush();
  });
  let isSweeping = false;
  // One round at a time, because one with much to delete takes its turns between requests.
  const sweeper = setInterval(async () => {
    if (isSweeping) return;
    isSweeping = true;
    await sweep(database.db).catch((error) => app.log.warn({ err: error }, 'sweeping failed'));
    await deleteAllDue(services, app.log).catch((error) => app.log.error({ err: error }, 'deleting accounts failed'));
    isSweeping = false;
  }, SWEEP_INTERVAL_MS).unref();
  app.addHook('onClose', async () => {
    clearInterval(sweeper);
    await mailer.close();
    for (const each of writtenBehind) await each.close();
  });
}
