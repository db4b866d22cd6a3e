import { Counter, Gauge, type Registry } from '@prometheus-io/client';
import type { Queue } from '../storage/leases.ts';
import type { Measured } from './measured.ts';

/** What waits to leave, and what became of what this process has sent. */
export function measureOutbox(registry: Registry, outbox: Measured['outbox']): void {
  const readings = Object.entries(outbox).map(([kind, { queue }]) => ({ kind, read: shareReading(queue) }));
  const gauge = (name: string, help: string, readingOf: (queue: Queue) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['kind'],
      // All processes read the same queue, so theirs is no sum.
      aggregator: 'max',
      registers: [registry],
      async collect() {
        const queues = await Promise.all(readings.map(async ({ kind, read }) => ({ kind, queue: await read() })));
        this.reset();
        for (const { kind, queue } of queues) if (queue) this.set({ kind }, readingOf(queue));
      },
    });
  gauge('outbox_waiting', 'What waits to be sent, in the database, counted to 10000.', ({ waiting }) => waiting);
  gauge('outbox_oldest_seconds', 'For how long the oldest of it has waited.', ({ oldest }) =>
    oldest ? Math.max(0, Date.now() - oldest.getTime()) / 1000 : 0,
  );
  new Counter({
    name: 'outbox_deliveries_total',
    help: 'What this process has sent (done), will send again (failed), or has given up.',
    labelNames: ['kind', 'outcome'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [kind, { deliveries }] of Object.entries(outbox))
        for (const [outcome, count] of Object.entries(deliveries ?? {})) this.inc({ kind, outcome }, count);
    },
  });
}

/** The gauges of a scrape share what is read. While the database is out of reach they have no figure, and the others are answered. */
function shareReading(read: () => Promise<Queue>): () => Promise<Queue | undefined> {
  let reading: Promise<Queue | undefined> | undefined;
  return () => {
    reading ??= read()
      .catch(() => undefined)
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
}
