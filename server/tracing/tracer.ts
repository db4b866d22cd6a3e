import type { TracingSettings } from '../../process/settings/open-telemetry.ts';
import { randomHex, type SpanSink, Trace } from './trace.ts';
import { parseTraceparent, type TraceParent } from './trace-context.ts';

/** A request id of ours, and of most proxies: as good a trace id as any. */
const SIXTEEN_BYTES = /^[\da-f]{8}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{12}$/;
const NOTHING = /^[0-]+$/;
/** So many hexadecimal digits of the end of a trace id decide, as OpenTelemetry says; a double holds no more of the 14. */
const DECIDING_DIGITS = 13;

/** Decides what is recorded, and under which id. */
export class Tracer {
  readonly #settings: Pick<TracingSettings, 'sampler' | 'ratio'>;
  readonly #sink: SpanSink;

  constructor(settings: Pick<TracingSettings, 'sampler' | 'ratio'>, sink: SpanSink) {
    this.#settings = settings;
    this.#sink = sink;
  }

  /**
   * Begins the trace of a request. Whoever sends a `traceparent` gets its own trace. Without one, the trace has the id of the request, so that
   * there is one id in the browser, the log, the trace and the log of the database.
   */
  beginRequest(method: string, requestId: string, traceparent: string | undefined): Trace {
    const parent = parseTraceparent(traceparent);
    const traceId = parent?.traceId ?? traceIdFrom(requestId);
    const isSampled = this.#samples(traceId, parent);
    return new Trace({ name: method, kind: 'server', traceId, parent, isSampled, requestId }, this.#sink);
  }

  /** Begins the trace of work that no request waits for. */
  beginWork(name: string): Trace {
    const traceId = randomHex(16);
    return new Trace({ name, kind: 'consumer', traceId, isSampled: this.#samples(traceId, undefined) }, this.#sink);
  }

  #samples(traceId: string, parent: TraceParent | undefined): boolean {
    const { sampler, ratio } = this.#settings;
    if (parent && sampler.startsWith('parentbased_')) return parent.isSampled;
    if (sampler.endsWith('always_on')) return true;
    if (sampler.endsWith('always_off')) return false;
    return Number.parseInt(traceId.slice(-DECIDING_DIGITS), 16) >= (1 - ratio) * 16 ** DECIDING_DIGITS;
  }
}

function traceIdFrom(requestId: string): string {
  return SIXTEEN_BYTES.test(requestId) && !NOTHING.test(requestId) ? requestId.replaceAll('-', '') : randomHex(16);
}
