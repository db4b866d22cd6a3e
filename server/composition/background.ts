import type { FastifyInstance } from 'fastify';
import type { Database } from '../storage/database.ts';
import type { Services } from './services.ts';
import { sweepInRounds } from './sweeping.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Writes what past requests left to be written later: events, uses of keys, disclosures. */
    flush(): Promise<void>;
  }
}

/** Starts the work that goes on between requests, and writes what is waiting before the server closes. */
export function addBackgroundWork(app: FastifyInstance, services: Services, database: Database): void {
  const { mailer, disclosures, events, keyUses } = services;
  const writtenBehind = [disclosures, events, keyUses];
  app.decorate('flush', async () => {
    for (const each of writtenBehind) await each.flush();
  });
  const sweeping = sweepInRounds(database, app.log);
  app.addHook('onClose', async () => {
    await sweeping.close();
    await mailer.close();
    for (const each of writtenBehind) await each.close();
  });
}
