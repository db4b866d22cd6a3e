import type { Attributes, Span, SpanKind, Trace } from './trace.ts';

export interface FinishedSpan {
  readonly trace: Trace;
  readonly span: Span;
}

/** Who says all this: the installation, and the version of this code. */
export interface Reporter {
  readonly resource: Readonly<Record<string, string>>;
  readonly version: string;
}

/** opentelemetry-proto, trace.proto. In JSON, enums are numbers, ids are in hexadecimal digits, and 64-bit numbers are texts. */
const KINDS: Readonly<Record<SpanKind, number>> = { internal: 1, server: 2, client: 3, consumer: 5 };
const STATUS_ERROR = 2;
const IS_SAMPLED = 1;

/** The body of an OTLP/HTTP request (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding). */
export function otlpJson(spans: readonly FinishedSpan[], { resource, version }: Reporter): string {
  const scope = { name: 'signup-with-platform', version };
  return JSON.stringify({
    resourceSpans: [
      { resource: { attributes: attributesOf(resource) }, scopeSpans: [{ scope, spans: spans.map(spanJson) }] },
    ],
  });
}

function spanJson({ trace, span }: FinishedSpan) {
  return {
    traceId: trace.id,
    spanId: span.id,
    ...(span.parentId !== undefined && { parentSpanId: span.parentId }),
    flags: IS_SAMPLED,
    name: span.name,
    kind: KINDS[span.kind],
    startTimeUnixNano: nanoseconds(trace.epochMs + span.startedMs),
    endTimeUnixNano: nanoseconds(trace.epochMs + span.endedMs),
    attributes: attributesOf(span.attributes),
    status: span.hasFailed ? { code: STATUS_ERROR } : {},
  };
}

/** To the microsecond, because a double has no more digits. */
function nanoseconds(ms: number): string {
  return `${Math.round(ms * 1_000)}000`;
}

function attributesOf(attributes: Readonly<Attributes>) {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }));
}

function anyValue(value: Attributes[string]): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'number')
    return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  return { arrayValue: { values: value.map(anyValue) } };
}
