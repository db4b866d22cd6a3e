import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { Config } from '../config.ts';
import { hashSecret, secretMatches } from '../storage/ids.ts';
import { isLocalRequest } from './local-request.ts';

/**
 * Adds `/metrics` in Prometheus text format: the process, and durations by route. Never by path, which may contain personal data. How many
 * people sign up is the operator's own business, so it answers this machine, and whoever has the token as a bearer token (RFC 6750).
 */
export function addMetrics(app: FastifyInstance, { metricsToken }: Pick<Config, 'metricsToken'>): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from a request to the end of its response.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    durations.observe({ method: request.method, route, status: reply.raw.statusCode }, reply.elapsedTime / 1000);
    done();
  });
  app.get('/metrics', { logLevel: 'warn' }, async (request, reply) => {
    if (isLocalRequest(request.raw) || hasToken(request, metricsToken))
      return reply.header('content-type', registry.contentType).send(await registry.metrics());
    if (metricsToken) {
      const message = 'Send METRICS_TOKEN as a bearer token.';
      return reply.code(401).header('www-authenticate', 'Bearer').send({ error: 'invalid_token', message });
    }
    const message =
      'Metrics are for programs on this machine. For others, set METRICS_TOKEN and send it as a bearer token.';
    return reply.code(403).send({ error: 'forbidden', message });
  });
}

function hasToken({ headers }: FastifyRequest, metricsToken: string | undefined): boolean {
  const [, given] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
  return given !== undefined && metricsToken !== undefined && secretMatches(given, hashSecret(metricsToken));
}
