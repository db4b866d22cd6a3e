import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { within } from '../tracing/current-trace.ts';
import type { Trace } from '../tracing/trace.ts';
import type { Tracer } from '../tracing/tracer.ts';

/** Asked every few seconds by programs. They would be most of all traces, and nobody looks for them. */
const UNTRACED: ReadonlySet<string | undefined> = new Set(['/healthz', '/readyz', '/metrics']);
/** Of other methods, anybody can invent one. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const OTHER = '_OTHER';

/**
 * Makes a trace of each request, by route and never by path, which may contain personal data. The log's lines of a request have the trace's
 * id. To be called before anything else that is to be a part of traces.
 */
export function traceRequests(app: FastifyInstance, tracer: Tracer): void {
  const traces = new WeakMap<IncomingMessage, Trace>();
  app.setChildLoggerFactory((logger, bindings, options, raw) => {
    const trace = tracer.beginRequest(methodOf(raw), String(bindings['reqId']), headerOf(raw, 'traceparent'));
    traces.set(raw, trace);
    return logger.child({ ...bindings, trace_id: trace.id }, options);
  });
  app.addHook('onRequest', (request, reply, done) => {
    const trace = traces.get(request.raw);
    if (!trace || UNTRACED.has(request.routeOptions.url)) return done();
    // Also when the client has gone, and when the protocol engine answers by itself.
    reply.raw.once('close', () => {
      describe(trace, request, reply.raw.statusCode);
      const isBroken = !reply.raw.writableFinished;
      const isFault = reply.raw.statusCode >= 500;
      trace.close(isFault ? String(reply.raw.statusCode) : isBroken ? 'aborted' : undefined);
    });
    within(trace, done);
  });
}

function methodOf({ method = '' }: IncomingMessage): string {
  return METHODS.has(method) ? method : OTHER;
}

/** A header that comes more than once says nothing. */
function headerOf({ headersDistinct }: IncomingMessage, name: string): string | undefined {
  const values = headersDistinct[name];
  return values?.length === 1 ? values[0] : undefined;
}

function describe({ root, requestId }: Trace, request: FastifyRequest, status: number): void {
  const { url: route } = request.routeOptions;
  const method = methodOf(request.raw);
  if (route !== undefined) root.name = `${method} ${route}`;
  Object.assign(root.attributes, {
    'http.request.method': method,
    ...(route !== undefined && { 'http.route': route }),
    'http.response.status_code': status,
    ...(requestId !== undefined && { 'http.response.header.x-request-id': [requestId] }),
  });
}
