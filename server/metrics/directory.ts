import { Counter, Gauge, type Registry } from '@prometheus-io/client';
import type { Measured } from './measured.ts';

/** Whether the operator's own system of people answers, and what it says. */
export function measureDirectory(registry: Registry, directory: NonNullable<Measured['directory']>): void {
  new Counter({
    name: 'directory_answers_total',
    help: 'Questions to the live directory, by its answer: person, wrong_password, unknown, or down where there was none.',
    labelNames: ['answer'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [answer, count] of Object.entries(directory.answers)) this.inc({ answer }, count);
    },
  });
  new Gauge({
    name: 'directory_is_out_of_order',
    help: 'Whether the live directory is not asked at the moment, because it has not answered several times. 1: so it is.',
    registers: [registry],
    collect() {
      this.set(directory.state === 'closed' ? 0 : 1);
    },
  });
}
