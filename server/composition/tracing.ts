import type { IncomingMessage, RequestListener } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { TracingSettings } from '../../process/settings/open-telemetry.ts';
import { nameTraces, tracedRequestId, tracedRequests, traceOfLine } from '../http/trace-requests.ts';
import type { Log } from '../log.ts';
import type { Registry } from '../metrics/registry.ts';
import { measureTraces } from '../metrics/traces.ts';
import { callGuarded, type OutboundResult } from '../outbound/guarded-call.ts';
import { turnTracingOff, turnTracingOn } from '../tracing/current-trace.ts';
import { type FinishedSpan, otlpJson } from '../tracing/otlp.ts';
import { type Sent, SpanQueue } from '../tracing/span-queue.ts';
import { Tracer } from '../tracing/tracer.ts';
import { VERSION } from '../version.ts';

export interface Tracing {
  /** Names the traces of an application by its routes, and says in its figures and its log what becomes of the spans. */
  addTo(app: FastifyInstance, registry: Registry): void;
  /** What the application has to know when it is made. */
  readonly options: {
    readonly genReqId: (request: IncomingMessage) => string;
    /** See pino's `mixin`. */
    readonly mixin: () => object;
  };
  /** Traces the requests that a server hands on. */
  traced(listener: RequestListener): RequestListener;
  /** Sends what waits. To be called when everything else has ended. */
  close(): Promise<void>;
}

const compress = promisify(gzip);
const MAX_ANSWER_BYTES = 64 * 1024;
/** https://opentelemetry.io/docs/specs/otlp/#retryable-response-codes */
const RETRYABLE = new Set([429, 502, 503, 504]);
const MAX_RETRY_AFTER_SECONDS = 60;

/**
 * Starts to trace what this process does, and sends it by OTLP over HTTP. Only loaded where the operator has set where to. To be called
 * before the database is opened, whose connections are watched from their beginning.
 */
export function startTracing(settings: TracingSettings): Tracing {
  let log: Pick<Log, 'warn'> | undefined;
  const queue = new SpanQueue({
    ...settings.queue,
    send: (batch) => send(batch, settings),
    log: { warn: (details, message) => log?.warn(details, message) },
  });
  const tracer = new Tracer(settings, queue);
  turnTracingOn((name) => tracer.beginWork(name));
  return {
    addTo: (app, registry) => {
      log = app.log;
      nameTraces(app);
      measureTraces(registry, queue);
    },
    options: { genReqId: tracedRequestId, mixin: traceOfLine },
    traced: (listener) => tracedRequests(tracer, listener),
    close: async () => {
      turnTracingOff();
      await queue.close();
    },
  };
}

async function send(batch: readonly FinishedSpan[], settings: TracingSettings): Promise<Sent> {
  const { url, headers, isCompressed, timeoutMs, resource } = settings;
  const json = otlpJson(batch, { resource, version: VERSION });
  const body = isCompressed ? await compress(json) : json;
  const encoding = isCompressed ? { 'content-encoding': 'gzip' } : {};
  const result = await callGuarded(
    { url, method: 'POST', headers: { ...headers, 'content-type': 'application/json', ...encoding }, body },
    // The address is the operator's own.
    { addresses: 'any', timeoutMs, maxBytes: MAX_ANSWER_BYTES },
  );
  return readAnswer(result);
}

function readAnswer(result: OutboundResult): Sent {
  switch (result.outcome) {
    case 'refused':
      return { outcome: 'refused', reason: `address not allowed: ${result.reason}` };
    case 'certificate':
      return { outcome: 'refused', reason: `certificate: ${result.code}` };
    case 'unreachable':
      return { outcome: 'retry', reason: 'unreachable' };
    case 'failed':
      return { outcome: 'retry', reason: result.reason };
    case 'answered': {
      const { status, headers, body } = result;
      if (status >= 200 && status < 300) return { outcome: 'taken', refusedSpans: refusedSpansOf(body.toString()) };
      const reason = `status ${status}`;
      if (!RETRYABLE.has(status)) return { outcome: 'refused', reason };
      const [wait = ''] = headers['retry-after'] ?? [];
      if (!/^\d{1,6}$/.test(wait)) return { outcome: 'retry', reason };
      return { outcome: 'retry', reason, afterMs: Math.min(Number(wait), MAX_RETRY_AFTER_SECONDS) * 1_000 };
    }
  }
}

/** A collector that takes a part of a batch says how much it does not (OTLP, "Partial Success"). */
const answerSchema = z.object({
  partialSuccess: z.object({ rejectedSpans: z.coerce.number().int().min(0).optional() }).optional(),
});

function refusedSpansOf(text: string): number {
  try {
    return answerSchema.safeParse(JSON.parse(text)).data?.partialSuccess?.rejectedSpans ?? 0;
  } catch {
    return 0;
  }
}
