import { Counter, Gauge, type Registry } from '@prometheus-io/client';

export interface MeasuredTraces {
  /** By outcome. */
  readonly counts: Readonly<Record<string, number>>;
  readonly waiting: number;
}

/** What becomes of spans. To be called only where there are any. */
export function measureTraces(registry: Registry, spans: MeasuredTraces): void {
  const registers = [registry];
  new Gauge({
    name: 'trace_spans_waiting',
    help: 'Spans of traces that wait to be sent to the collector.',
    registers,
    collect() {
      this.set(spans.waiting);
    },
  });
  new Counter({
    name: 'trace_spans_total',
    help: 'Spans of traces that the collector has taken (sent), or that are lost, by the reason.',
    labelNames: ['outcome'],
    registers,
    collect() {
      this.reset();
      for (const [outcome, count] of Object.entries(spans.counts)) this.inc({ outcome }, count);
    },
  });
}
