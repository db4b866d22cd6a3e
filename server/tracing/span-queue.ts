import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { within } from './current-trace.ts';
import type { FinishedSpan } from './otlp.ts';
import type { Span, SpanSink, Trace } from './trace.ts';

/** What the collector said to a batch. `retry` is for what may pass, such as a collector that restarts. */
export type Sent =
  | { outcome: 'taken'; refusedSpans?: number }
  | { outcome: 'retry'; reason: string; afterMs?: number }
  | { outcome: 'refused'; reason: string };

export interface SpanQueueOptions {
  readonly maxWaiting: number;
  readonly batchSize: number;
  /** How long a span waits for others to be sent with. */
  readonly intervalMs: number;
  /** How long a batch is tried, before it is dropped. */
  readonly giveUpMs: number;
  send(batch: readonly FinishedSpan[]): Promise<Sent>;
  readonly log: Pick<Log, 'warn'>;
}

const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 10_000;
/** How often the log says that the collector takes nothing. */
const COMPLAINT_INTERVAL_MS = 60_000;
/** A server that stops has nine seconds in all, of which its requests and its outbox may take seven. */
const CLOSE_TIMEOUT_MS = 1_500;

/**
 * Spans on their way to the collector. Nobody waits for it: a span that finds no room is dropped and counted, and so is a batch that the
 * collector does not take.
 */
export class SpanQueue implements SpanSink {
  readonly #options: SpanQueueOptions;
  readonly #closing = new AbortController();
  #waiting: FinishedSpan[] = [];
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<void> | undefined;
  #underWay = 0;
  /** What comes after the end has been counted as lost. */
  #isOver = false;
  #complainedAtMs = Number.NEGATIVE_INFINITY;
  readonly #counts = {
    sent: 0,
    dropped_queue_full: 0,
    dropped_long_trace: 0,
    dropped_unreachable: 0,
    dropped_refused: 0,
  };

  constructor(options: SpanQueueOptions) {
    this.#options = options;
  }

  /** What has become of spans since the start. */
  get counts(): Readonly<Record<string, number>> {
    return this.#counts;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  add(trace: Trace, span: Span): void {
    const { maxWaiting, batchSize, intervalMs } = this.#options;
    if (this.#closing.signal.aborted || this.#waiting.length >= maxWaiting) {
      this.#counts.dropped_queue_full += 1;
      return;
    }
    this.#waiting.push({ trace, span });
    if (this.#sending) return;
    if (this.#waiting.length >= batchSize) this.#sendAll();
    // Outside of the trace, because what a timer does later is no part of the request that happened to start it.
    else this.#timer ??= within(undefined, () => setTimeout(() => this.#sendAll(), intervalMs).unref());
  }

  refuse(): void {
    this.#counts.dropped_long_trace += 1;
  }

  /** Sends what waits, for a moment. What is left then is dropped. */
  async close(): Promise<void> {
    this.#sendAll();
    this.#closing.abort();
    await Promise.race([this.#sending, delay(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
    const lost = this.#waiting.length + this.#underWay;
    if (lost > 0) this.#drop('dropped_unreachable', { reason: 'the server has stopped', spans: lost });
    this.#waiting = [];
    this.#isOver = true;
  }

  #sendAll(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#sending ??= within(undefined, () => this.#sendBatches()).finally(() => {
      this.#sending = undefined;
    });
  }

  async #sendBatches(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.#options.batchSize);
      this.#underWay = batch.length;
      await this.#sendBatch(batch);
      this.#underWay = 0;
    }
  }

  async #sendBatch(batch: readonly FinishedSpan[]): Promise<void> {
    const endMs = performance.now() + this.#options.giveUpMs;
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS)) {
      const sent = await this.#send(batch);
      if (sent.outcome === 'taken') return this.#taken(batch.length, sent.refusedSpans ?? 0);
      const waitMs =
        sent.outcome === 'retry' ? (sent.afterMs ?? pauseMs * (0.5 + Math.random())) : Number.POSITIVE_INFINITY;
      if (this.#closing.signal.aborted || performance.now() + waitMs >= endMs) {
        const outcome = sent.outcome === 'retry' ? 'dropped_unreachable' : 'dropped_refused';
        return this.#drop(outcome, { reason: sent.reason, spans: batch.length });
      }
      await delay(waitMs, undefined, { ref: false, signal: this.#closing.signal }).catch(() => {});
    }
  }

  async #send(batch: readonly FinishedSpan[]): Promise<Sent> {
    try {
      return await this.#options.send(batch);
    } catch (error) {
      return { outcome: 'refused', reason: error instanceof Error ? error.name : 'unknown' };
    }
  }

  #taken(count: number, refused: number): void {
    if (this.#isOver) return;
    this.#counts.sent += count - refused;
    if (refused > 0) this.#drop('dropped_refused', { reason: 'refused in part', spans: refused });
  }

  #drop(outcome: 'dropped_unreachable' | 'dropped_refused', details: { reason: string; spans: number }): void {
    if (this.#isOver) return;
    this.#counts[outcome] += details.spans;
    if (performance.now() - this.#complainedAtMs < COMPLAINT_INTERVAL_MS) return;
    this.#complainedAtMs = performance.now();
    this.#options.log.warn(details, 'the collector did not take spans of traces, which are lost');
  }
}
