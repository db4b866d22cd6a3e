import type { Realm } from '@signup-with-platform/protocol';
import type { FastifyInstance } from 'fastify';
import { mailWaits } from '../delivery/api/sandbox/wait-for-mail.ts';
import { eventStreams } from '../delivery/vendor/events/stream.ts';
import { directoryQueue } from '../directory/directory.ts';
import { hashQueue } from '../domain/accounts/hash-queue.ts';
import { outcomes as botChecks } from '../domain/bots/outcomes.ts';
import type { Bound } from '../load/bound.ts';
import { addMetrics } from '../metrics/add-metrics.ts';
import type { Figures } from '../metrics/answer.ts';
import type { Measured } from '../metrics/measured.ts';
import type { Registry } from '../metrics/registry.ts';
import { pictureQueue } from '../pictures/normalize-picture.ts';
import type { Database } from '../storage/database.ts';
import type { Services } from './services.ts';

interface Sources {
  readonly database: Database;
  readonly quota: Measured['quota'];
  readonly logouts: Pick<Measured['outbox'][string], 'deliveries'>;
  readonly webhooks: Pick<Measured['outbox'][string], 'deliveries'>;
  /** Of each realm. */
  readonly popups: Readonly<Record<Realm, Bound>>;
  /** In which requests wait for their turn. */
  readonly requestQueue: Bound;
}

/**
 * Says where each figure of `/metrics` comes from.
 * @param ofAll the figures of all processes at one port, where there are several
 */
export function addFigures(
  app: FastifyInstance,
  registry: Registry,
  services: Services,
  sources: Sources,
  ofAll?: Figures,
): void {
  const { config, storage, events, mailer } = services;
  const { database, quota, logouts, webhooks } = sources;
  const measured: Measured = {
    hashes: hashQueue,
    database,
    events: events.counts,
    outbox: {
      mail: { deliveries: mailer.deliveries, queue: () => storage.mails.queue() },
      logout: { deliveries: logouts.deliveries, queue: () => storage.jobs.queue('backchannel_logout') },
      webhook: { deliveries: webhooks.deliveries, queue: () => storage.webhookDeliveries.queue() },
    },
    quota,
    botChecks,
    directory: services.liveDirectory,
    bounds: () => boundsOf(services, sources),
  };
  addMetrics(app, registry, config, measured, ofAll);
}

/** Whatever grows in memory with what arrives. ARCHITECTURE.md has the list with the limits and what happens at them. */
function boundsOf(
  { events, disclosures, keyUses, throttle }: Services,
  { database, quota, popups, requestQueue }: Sources,
): Readonly<Record<string, Bound>> {
  const { waiting, allowance } = events.bounds;
  return {
    requests: requestQueue,
    passwords: hashQueue,
    pictures: pictureQueue,
    ...database.lines(),
    attempts: throttle.keys,
    popups_production: popups.production,
    popups_sandbox: popups.sandbox,
    quota_leases: quota.leases,
    events: waiting,
    event_allowances: allowance,
    event_streams: eventStreams,
    disclosures: disclosures.waiting,
    key_uses: keyUses.waiting,
    mail_waits: mailWaits,
    directory: directoryQueue,
  };
}
