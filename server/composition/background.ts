import type { Realm } from '@signup-with-platform/protocol';
import type { FastifyInstance } from 'fastify';
import { deliverLogouts } from '../outbox/logouts.ts';
import type { Worker } from '../outbox/worker.ts';
import type { Database } from '../storage/database.ts';
import type { Job } from '../storage/jobs.ts';
import { importInRounds } from './importing.ts';
import type { RealmParts } from './realm.ts';
import type { Services } from './services.ts';
import { sweepInRounds } from './sweeping.ts';
import { wrapInRounds } from './wrapping.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Writes what past requests left to be written later: events, uses of keys, disclosures. */
    flush(): Promise<void>;
  }
}

/** Starts the work that goes on between requests, and writes what is waiting before the server closes. */
export function addBackgroundWork(
  app: FastifyInstance,
  services: Services,
  realms: Readonly<Record<Realm, RealmParts>>,
  database: Database,
): { logouts: Pick<Worker<Job>, 'deliveries'> } {
  const { mailer, disclosures, events, keyUses, storage, config } = services;
  const logouts = deliverLogouts({
    jobs: storage.jobs,
    appEnvironments: storage.appEnvironments,
    events,
    log: app.log,
    publicUrl: config.publicUrl,
    sign: { production: realms.production.signLogout, sandbox: realms.sandbox.signLogout },
  });
  const writtenBehind = [disclosures, events, keyUses];
  app.decorate('flush', async () => {
    for (const each of writtenBehind) await each.flush();
  });
  const sweeping = sweepInRounds(database, app.log);
  const importing = importInRounds(database, services, app.log);
  const wrapping = wrapInRounds(database, services.dataKeys, app.log);
  app.addHook('onClose', async () => {
    await importing.close();
    await wrapping.close();
    await sweeping.close();
    await mailer.close();
    await logouts.close();
    for (const each of writtenBehind) await each.close();
  });
  return { logouts };
}
