import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { currentTrace, within } from '../tracing/current-trace.ts';
import type { Trace } from '../tracing/trace.ts';
import type { Tracer } from '../tracing/tracer.ts';
import { requestIdOf } from './request-id.ts';

/** Asked every few seconds by programs. They would be most of all traces, and nobody looks for them. */
const UNTRACED: ReadonlySet<string | undefined> = new Set(['/healthz', '/readyz', '/metrics']);
/** Of other methods, anybody can invent one. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const OTHER = '_OTHER';
const FIRST_FAULT = 500;

/** Makes a trace of each request that `listener` gets, until its connection is free again, whoever answers and whether or not. */
export function tracedRequests(tracer: Tracer, listener: RequestListener): RequestListener {
  return (request, response) => {
    if (UNTRACED.has(request.url)) return listener(request, response);
    // Of a header that comes twice, Node makes a text that is no traceparent.
    const { traceparent } = request.headers;
    const trace = tracer.beginRequest(
      methodOf(request),
      requestIdOf(request),
      typeof traceparent === 'string' ? traceparent : undefined,
    );
    response.once('close', () => end(trace, response));
    within(trace, () => listener(request, response));
  };
}

/** Names traces by route, and never by path, which may contain personal data. */
export function nameTraces(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const trace = currentTrace();
    const { url } = request.routeOptions;
    if (trace?.isSampled && url !== undefined) {
      trace.root.name = `${trace.root.name} ${url}`;
      trace.root.attributes['http.route'] = url;
    }
    done();
  });
}

/** The id of a request: its trace's, if it has one. */
export function tracedRequestId(request: IncomingMessage): string {
  return currentTrace()?.requestId ?? requestIdOf(request);
}

/** What each line of the log has of the trace that it belongs to. */
export function traceOfLine(): object {
  const trace = currentTrace();
  return trace ? { trace_id: trace.id } : {};
}

function end(trace: Trace, { req, statusCode, writableFinished }: ServerResponse): void {
  if (trace.isSampled) {
    const { attributes } = trace.root;
    attributes['http.request.method'] = methodOf(req);
    attributes['http.response.status_code'] = statusCode;
    if (trace.requestId !== undefined) attributes['http.response.header.x-request-id'] = [trace.requestId];
  }
  if (statusCode >= FIRST_FAULT) trace.close(String(statusCode));
  else trace.close(writableFinished ? undefined : 'aborted');
}

function methodOf({ method = '' }: IncomingMessage): string {
  return METHODS.has(method) ? method : OTHER;
}
