import { randomFillSync } from 'node:crypto';
import { formatTraceparent, type TraceParent } from './trace-context.ts';

export type SpanKind = 'internal' | 'server' | 'client' | 'consumer';
/** Named as OpenTelemetry's semantic conventions do. Never a query string, a value of a statement, or anything of a person. */
export type Attributes = Record<string, string | number | readonly string[]>;

export interface Span {
  /** 16 hexadecimal digits. */
  readonly id: string;
  readonly parentId: string | undefined;
  name: string;
  readonly kind: SpanKind;
  readonly attributes: Attributes;
  /** Both on the clock of `performance.now()`. */
  readonly startedMs: number;
  endedMs: number;
  hasFailed: boolean;
}

export interface TraceStart {
  readonly name: string;
  readonly kind: SpanKind;
  readonly traceId: string;
  readonly parent?: TraceParent | undefined;
  readonly isSampled: boolean;
  readonly requestId?: string;
}

/** What becomes of the spans of a trace. */
export interface SpanSink {
  add(trace: Trace, span: Span): void;
  /** A span that a trace has no room for. */
  refuse(): void;
}

/** So many spans has one request at most, so that one that runs for hours leaves room in the queue to the others. */
const MAX_SPANS = 500;

/**
 * What this process does for one request, or for one piece of work in the background: a span of its own, and below it one for each statement,
 * call and hash. Once it has ended, nothing is added: what goes on, such as a timer that it started, belongs to nobody.
 */
export class Trace {
  readonly id: string;
  readonly isSampled: boolean;
  /** As the log and the answer's `X-Request-Id` have it. */
  readonly requestId: string | undefined;
  readonly root: Span;
  /** What to add to `performance.now()` for the time of day. */
  readonly epochMs: number;
  readonly #sink: SpanSink;
  #count = 0;
  #isOpen = true;

  constructor({ name, kind, traceId, parent, isSampled, requestId }: TraceStart, sink: SpanSink) {
    this.id = traceId;
    this.isSampled = isSampled;
    this.requestId = requestId;
    this.root = spanOf(name, kind, parent?.spanId, {});
    this.epochMs = Date.now() - this.root.startedMs;
    this.#sink = sink;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Begins a span below the trace's own. @returns undefined when nothing is recorded */
  begin(name: string, kind: SpanKind, attributes: Attributes): Span | undefined {
    if (!this.isSampled || !this.#isOpen) return undefined;
    this.#count += 1;
    if (this.#count <= MAX_SPANS) return spanOf(name, kind, this.root.id, attributes);
    this.#sink.refuse();
    return undefined;
  }

  /** @param error what it failed with; of that, only a code or the name of a class is kept, because messages repeat values */
  end(span: Span, error?: unknown): void {
    span.endedMs = performance.now();
    if (error !== undefined) {
      span.hasFailed = true;
      span.attributes['error.type'] ??= typeOf(error);
    }
    this.#sink.add(this, span);
  }

  /** Ends the trace's own span, and with it the trace. */
  close(error?: unknown): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    if (this.isSampled) this.end(this.root, error);
  }

  /** What is told to whoever is called. @param span the call, if it is recorded */
  traceparent(span: Span = this.root): string {
    return formatTraceparent({ traceId: this.id, spanId: span.id, isSampled: this.isSampled });
  }
}

function spanOf(name: string, kind: SpanKind, parentId: string | undefined, attributes: Attributes): Span {
  const startedMs = performance.now();
  return { id: randomHex(8), parentId, name, kind, attributes, startedMs, endedMs: startedMs, hasFailed: false };
}

function typeOf(error: unknown): string {
  if (typeof error === 'string') return error;
  if (!(error instanceof Error)) return '_OTHER';
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' && /^\w{1,60}$/.test(code) ? code : error.name;
}

/** Random bytes are taken from the system in blocks, because asking costs more than a span. */
const pool = Buffer.alloc(4_096);
let used = pool.length;

export function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const text = pool.toString('hex', used, used + bytes);
  used += bytes;
  return text;
}
