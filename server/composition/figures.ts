import type { FastifyInstance } from 'fastify';
import { hashQueue } from '../domain/accounts/hash-queue.ts';
import { addMetrics } from '../metrics/add-metrics.ts';
import type { Figures } from '../metrics/answer.ts';
import type { Measured } from '../metrics/measured.ts';
import type { Registry } from '../metrics/registry.ts';
import type { Database } from '../storage/database.ts';
import type { Services } from './services.ts';

interface Sources {
  readonly database: Database;
  readonly quota: Measured['quota'];
  readonly logouts: Pick<Measured['outbox'][string], 'deliveries'>;
}

/**
 * Says where each figure of `/metrics` comes from.
 * @param ofAll the figures of all processes at one port, where there are several
 */
export function addFigures(
  app: FastifyInstance,
  registry: Registry,
  { config, storage, events, mailer }: Services,
  { database, quota, logouts }: Sources,
  ofAll?: Figures,
): void {
  const measured: Measured = {
    hashes: hashQueue,
    database,
    events: events.counts,
    outbox: {
      mail: { deliveries: mailer.deliveries, queue: () => storage.mails.queue() },
      logout: { deliveries: logouts.deliveries, queue: () => storage.jobs.queue('backchannel_logout') },
    },
    quota,
  };
  addMetrics(app, registry, config, measured, ofAll);
}
