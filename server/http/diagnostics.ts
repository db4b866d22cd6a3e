import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IdleEnds } from '../../process/http-server.ts';
import type { Config } from '../config.ts';
import { leavePlace } from '../load/place.ts';
import type { DiagnosticTokenRepository } from '../storage/diagnostic-tokens.ts';
import { VERSION } from '../version.ts';
import {
  DIAGNOSTICS_FIRST_EVENT,
  DIAGNOSTICS_PATH,
  DIAGNOSTICS_PROBE_HEADER,
  DIAGNOSTICS_STATUS_HEADER,
  DIAGNOSTICS_STREAM_MS,
  DIAGNOSTICS_STREAM_PATH,
  DIAGNOSTICS_TOKEN_HEADER,
  type DiagnosticsReport,
  NEEDED_REQUEST_HEADERS,
  NEEDED_RESPONSE_HEADERS,
  VISITOR_HEADERS,
} from './diagnostics-report.ts';
import { EVENT_STREAM_HEADERS } from './event-stream-headers.ts';
import { takeOver } from './take-over.ts';

export interface Diagnosed {
  readonly tokens: Pick<DiagnosticTokenRepository, 'isOpen'>;
  readonly idleEnds: Readonly<IdleEnds>;
}

const TOKEN = /^[\w-]{43}$/;
/** Statuses whose bodies programs read, so that nobody in front may replace them. */
const STATUSES: ReadonlySet<string> = new Set(['401', '404', '429', '500', '503']);

/**
 * Adds `/diagnostics`, by which `platform doctor` sees what reaches this server through the proxy in front of it. It answers whoever has a
 * token that the doctor has just put into the database. For everybody else there is no such page.
 */
export function addDiagnostics(app: FastifyInstance, config: Config, diagnosed: Diagnosed): void {
  const forOperators = (handler: (request: FastifyRequest, reply: FastifyReply) => FastifyReply) =>
    async function answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
      const token = request.headers[DIAGNOSTICS_TOKEN_HEADER];
      const isOperator = typeof token === 'string' && TOKEN.test(token) && (await diagnosed.tokens.isOpen(token));
      if (isOperator) return handler(request, reply);
      reply.callNotFound();
      return reply;
    };
  app.route({
    method: ['GET', 'POST', 'PUT', 'DELETE'],
    url: DIAGNOSTICS_PATH,
    logLevel: 'warn',
    handler: forOperators((request, reply) => report(config, diagnosed, request, reply)),
  });
  app.get(DIAGNOSTICS_STREAM_PATH, { logLevel: 'warn' }, forOperators(stream));
}

function report(config: Config, { idleEnds }: Diagnosed, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { headers } = request;
  const status = textOf(headers[DIAGNOSTICS_STATUS_HEADER]) ?? '';
  if (STATUSES.has(status)) reply.code(Number(status));
  const secure = config.publicUrl.startsWith('https:') ? '; Secure' : '';
  reply.headers({
    'cache-control': 'no-store',
    'content-type': 'application/json; charset=utf-8',
    'set-cookie': `diagnostics=1; Path=${DIAGNOSTICS_PATH}; Max-Age=0; HttpOnly; SameSite=Lax${secure}`,
    'www-authenticate': 'Basic realm="diagnostics"',
  });
  const sent = (name: string) => [reply.getHeader(name) ?? reply.raw.getHeader(name) ?? []].flat().map(String);
  const body: DiagnosticsReport = {
    version: VERSION,
    node: process.version,
    nowMs: Date.now(),
    upSeconds: Math.round(process.uptime()),
    settings: {
      production: config.production,
      publicUrl: config.publicUrl,
      reviewsApps: config.reviewsApps,
      trustProxy: [...(config.trustProxy ?? [])],
      keepAliveSeconds: config.keepAliveMs / 1000,
      sendsMail: config.smtpUrl !== undefined,
      database: config.databaseUrl ? 'PostgreSQL' : 'SQLite',
      hasMetricsToken: config.metricsToken !== undefined,
      hasMetricsPort: config.metricsPort !== undefined,
      asksDirectory: config.liveDirectory !== undefined,
      takesHandOver: config.handOver !== undefined,
    },
    idleEnds: { ...idleEnds },
    request: {
      probe: textOf(headers[DIAGNOSTICS_PROBE_HEADER]) ?? '',
      method: request.method,
      host: headers.host ?? '',
      peer: request.socket.remoteAddress ?? '',
      isPeerTrusted: (request.ips?.length ?? 0) > 1,
      clientAddress: request.ip,
      forwardedFor: textOf(headers['x-forwarded-for']),
      forwardedProto: textOf(headers['x-forwarded-proto']),
      visitorHeaders: Object.fromEntries(
        VISITOR_HEADERS.flatMap((name) => (headers[name] === undefined ? [] : [[name, textOf(headers[name]) ?? '']])),
      ),
      headers: Object.fromEntries(NEEDED_REQUEST_HEADERS.map((name) => [name, textOf(headers[name]) ?? ''])),
    },
    responseHeaders: Object.fromEntries(NEEDED_RESPONSE_HEADERS.map((name) => [name, sent(name)])),
  };
  return reply.send(JSON.stringify(body));
}

/** Says one thing at once and nothing more for a while, as the live event log does. */
function stream(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const raw = takeOver(reply);
  leavePlace();
  raw.writeHead(200, EVENT_STREAM_HEADERS);
  raw.write(DIAGNOSTICS_FIRST_EVENT);
  const left = new AbortController();
  raw.once('close', () => left.abort());
  delay(DIAGNOSTICS_STREAM_MS, undefined, { signal: left.signal, ref: false }).then(
    () => raw.end(),
    () => request.log.debug('the doctor has seen enough'),
  );
  return reply;
}

function textOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value;
}
