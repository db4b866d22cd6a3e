import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { isLoopbackHost } from '../../process/loopback.ts';
import type { Config } from '../config.ts';
import type { DatabaseHealth } from '../storage/database-health.ts';
import { hashSecret, secretMatches } from '../storage/ids.ts';
import { isLocalRequest } from './local-request.ts';

/** What is measured besides requests and the process. */
export interface Measured {
  /** The queue of password hashes. */
  readonly hashes: { readonly waiting: number; readonly refused: number };
  readonly health: Pick<DatabaseHealth, 'problems'>;
}

/**
 * Adds `/metrics` in Prometheus text format: the process, the queue of password hashes, the database's problems, and durations by route.
 * Never by path, which may contain personal data. How many people sign up is the operator's own business, so it answers whoever has the
 * token as a bearer token (RFC 6750). Where the platform itself is on loopback, which nobody else can reach, it answers this machine
 * without one. A public platform does not: behind a proxy that adds no header, a stranger who sends `Host: localhost` looks local.
 */
export function addMetrics(
  app: FastifyInstance,
  { metricsToken, publicUrl }: Pick<Config, 'metricsToken' | 'publicUrl'>,
  { hashes, health }: Measured,
): void {
  const isPublic = !isLoopbackHost(new URL(publicUrl).hostname);
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from a request to the end of its response.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  measureHashes(registry, hashes);
  measureDatabase(registry, health);
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    durations.observe({ method: request.method, route, status: reply.raw.statusCode }, reply.elapsedTime / 1000);
    done();
  });
  app.get('/metrics', { logLevel: 'warn' }, async (request, reply) => {
    if ((!isPublic && isLocalRequest(request.raw)) || hasToken(request, metricsToken))
      return reply.header('content-type', registry.contentType).send(await registry.metrics());
    if (metricsToken) {
      const message = 'Send METRICS_TOKEN as a bearer token.';
      return reply.code(401).header('www-authenticate', 'Bearer').send({ error: 'invalid_token', message });
    }
    const message = isPublic
      ? 'To read metrics, set METRICS_TOKEN and send it as a bearer token.'
      : 'Metrics are for programs on this machine. For others, set METRICS_TOKEN and send it as a bearer token.';
    return reply.code(403).send({ error: 'forbidden', message });
  });
}

function hasToken({ headers }: FastifyRequest, metricsToken: string | undefined): boolean {
  const [, given] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
  return given !== undefined && metricsToken !== undefined && secretMatches(given, hashSecret(metricsToken));
}

function measureHashes(registry: Registry, hashes: Measured['hashes']): void {
  new Gauge({
    name: 'password_hashes_waiting',
    help: 'Sign-ins, sign-ups and other requests that wait for a password to be hashed.',
    registers: [registry],
    collect() {
      this.set(hashes.waiting);
    },
  });
  new Counter({
    name: 'password_hashes_refused_total',
    help: 'Requests that were answered 503, because too many passwords were waiting to be hashed.',
    registers: [registry],
    collect() {
      this.reset();
      this.inc(hashes.refused);
    },
  });
}

function measureDatabase(registry: Registry, health: Measured['health']): void {
  new Counter({
    name: 'database_problems_total',
    help: 'Statements that failed because the database was out of reach, busy, full, read-only or broken.',
    labelNames: ['problem'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [problem, count] of health.problems) this.inc({ problem }, count);
    },
  });
}
