import { Counter, Gauge, type Registry } from '@prometheus-io/client';
import type { Bound } from '../load/bound.ts';
import type { Measured } from './measured.ts';

/** How full everything is that grows in memory with what arrives, so that an operator sees what is near its limit. */
export function measureBounds(registry: Registry, bounds: Measured['bounds']): void {
  const gauge = (name: string, help: string, readingOf: (bound: Bound) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['of'],
      registers: [registry],
      collect() {
        for (const [of, bound] of Object.entries(bounds())) this.set({ of }, readingOf(bound));
      },
    });
  gauge('bounded_items', 'What this process keeps in memory of what has arrived, or lets wait.', ({ size }) => size);
  gauge('bounded_items_limit', 'How many of them there may be.', ({ max }) => max);
  new Counter({
    name: 'bounded_items_lost_total',
    help: 'How often one was refused, dropped or forgotten, because there were as many as may be.',
    labelNames: ['of'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [of, { lost }] of Object.entries(bounds())) this.inc({ of }, lost);
    },
  });
}
