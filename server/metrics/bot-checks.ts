import { Counter, type Registry } from '@prometheus-io/client';
import type { Measured } from './measured.ts';

/** Whether strangers' browsers have to work at the moment, and what becomes of it. */
export function measureBotChecks(registry: Registry, botChecks: Measured['botChecks']): void {
  new Counter({
    name: 'bot_checks_total',
    help: 'Strangers who had to show that they are no bot, by what became of it.',
    labelNames: ['outcome'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [outcome, count] of Object.entries(botChecks)) this.inc({ outcome }, count);
    },
  });
}
