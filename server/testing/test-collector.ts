import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { until } from '../../scripts/testing/until.ts';

/** opentelemetry-proto 1.x, trace.proto, as its JSON has it: a field that is not there is an error here, though receivers ignore it. */
const anyValue: z.ZodType<AnyValue> = z.lazy(() =>
  z.union([
    z.strictObject({ stringValue: z.string() }),
    z.strictObject({ intValue: z.string().regex(/^-?\d+$/) }),
    z.strictObject({ doubleValue: z.number() }),
    z.strictObject({ boolValue: z.boolean() }),
    z.strictObject({ arrayValue: z.strictObject({ values: z.array(anyValue) }) }),
  ]),
);
type AnyValue =
  | { stringValue: string }
  | { intValue: string }
  | { doubleValue: number }
  | { boolValue: boolean }
  | { arrayValue: { values: AnyValue[] } };
const attributes = z.array(z.strictObject({ key: z.string().min(1), value: anyValue }));
const nanoseconds = z.string().regex(/^[1-9]\d{18}$/);
const spanSchema = z.strictObject({
  traceId: z.string().regex(/^(?!0{32})[\da-f]{32}$/),
  spanId: z.string().regex(/^(?!0{16})[\da-f]{16}$/),
  parentSpanId: z
    .string()
    .regex(/^(?!0{16})[\da-f]{16}$/)
    .optional(),
  flags: z.number().int(),
  name: z.string().min(1),
  kind: z.number().int().min(1).max(5),
  startTimeUnixNano: nanoseconds,
  endTimeUnixNano: nanoseconds,
  attributes,
  status: z.strictObject({ code: z.literal(2).optional() }),
});
const requestSchema = z.strictObject({
  resourceSpans: z.array(
    z.strictObject({
      resource: z.strictObject({ attributes }),
      scopeSpans: z.array(
        z.strictObject({
          scope: z.strictObject({ name: z.string(), version: z.string() }),
          spans: z.array(spanSchema).min(1),
        }),
      ),
    }),
  ),
});

export interface CollectedSpan {
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  name: string;
  kind: number;
  hasFailed: boolean;
  attributes: Readonly<Record<string, unknown>>;
}

/** A collector of OpenTelemetry on a free port of the loopback address, which takes nothing but what the protocol says to the letter. */
export class TestCollector {
  readonly spans: CollectedSpan[] = [];
  /** Everything that came, as text. */
  text = '';
  headers: IncomingHttpHeaders = {};
  /** What was wrong with what came. */
  readonly problems: string[] = [];
  resource: Readonly<Record<string, unknown>> = {};
  readonly #server: Server;

  private constructor() {
    this.#server = createServer({ keepAliveTimeout: 0 }, async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const body = Buffer.concat(parts);
      this.headers = request.headers;
      this.#take((request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString());
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"partialSuccess":{}}');
    });
  }

  static async start(): Promise<TestCollector> {
    const collector = new TestCollector();
    collector.#server.listen(0, '127.0.0.1');
    await once(collector.#server, 'listening');
    return collector;
  }

  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The spans of the trace whose own span has this name, once they have come: the last such trace. */
  async trace(name: string): Promise<{ root: CollectedSpan; spans: CollectedSpan[] }> {
    const root = await until(() => this.spans.findLast((span) => span.name === name && span.kind !== 3));
    const spans = this.spans.filter(
      ({ traceId, parentSpanId }) => traceId === root.traceId && parentSpanId === root.spanId,
    );
    return { root, spans };
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #take(text: string): void {
    this.text += text;
    const parsed = requestSchema.safeParse(JSON.parse(text));
    if (!parsed.success) {
      this.problems.push(z.prettifyError(parsed.error));
      return;
    }
    for (const { resource, scopeSpans } of parsed.data.resourceSpans) {
      this.resource = valuesOf(resource.attributes);
      for (const { spans } of scopeSpans) this.spans.push(...spans.map(collected));
    }
  }
}

function collected({ status, attributes, ...span }: z.infer<typeof spanSchema>): CollectedSpan {
  const { traceId, spanId, parentSpanId, name, kind } = span;
  return {
    traceId,
    spanId,
    parentSpanId,
    name,
    kind,
    hasFailed: status.code !== undefined,
    attributes: valuesOf(attributes),
  };
}

function valuesOf(attributes: readonly { key: string; value: AnyValue }[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, plain(value)]));
}

function plain(value: AnyValue): unknown {
  if ('stringValue' in value) return value.stringValue;
  if ('intValue' in value) return Number(value.intValue);
  if ('doubleValue' in value) return value.doubleValue;
  return 'boolValue' in value ? value.boolValue : value.arrayValue.values.map(plain);
}
