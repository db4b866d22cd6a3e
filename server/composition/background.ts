import { issuerOf, type Realm } from '@signup-with-platform/protocol';
import type { FastifyInstance } from 'fastify';
import { addressesFor } from '../domain/webhooks/address.ts';
import { signingKeysOf } from '../domain/webhooks/secret.ts';
import { tellOwnersOfWebhook } from '../domain/webhooks/tell-owners.ts';
import { deliverLogouts } from '../outbox/logouts.ts';
import { deliverWebhooks } from '../outbox/webhooks.ts';
import type { Worker } from '../outbox/worker.ts';
import type { Database } from '../storage/database.ts';
import type { Job } from '../storage/jobs.ts';
import type { ClaimedDelivery } from '../storage/webhook-deliveries.ts';
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
): { logouts: Pick<Worker<Job>, 'deliveries'>; webhooks: Pick<Worker<ClaimedDelivery>, 'deliveries'> } {
  const { mailer, disclosures, events, keyUses, storage, config, dataKeys } = services;
  const logouts = deliverLogouts({
    jobs: storage.jobs,
    appEnvironments: storage.appEnvironments,
    events,
    log: app.log,
    publicUrl: config.publicUrl,
    sign: { production: realms.production.signLogout, sandbox: realms.sandbox.signLogout },
  });
  const webhooks = deliverWebhooks({
    storage,
    events,
    log: app.log,
    publicUrl: config.publicUrl,
    keysOf: (id) => signingKeysOf({ webhooks: storage.webhooks, dataKeys }, id),
    addressesFor: (environment) => addressesFor(environment, config.publicUrl),
    tellOwners: (within, webhook, trouble) => {
      const issuer = issuerOf(config.publicUrl, 'production');
      return tellOwnersOfWebhook({ storage: within, config, issuer, mailer: mailer.within(within) }, webhook, trouble);
    },
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
    await webhooks.close();
    for (const each of writtenBehind) await each.close();
  });
  return { logouts, webhooks };
}
