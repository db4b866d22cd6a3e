import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { DatabaseHealth } from '../storage/database-health.ts';

/** Adds `/metrics` in Prometheus text format: the process, and durations by route. Never by path, which may contain personal data. */
export function addMetrics(app: FastifyInstance, health: Pick<DatabaseHealth, 'problems'>): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from a request to the end of its response.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
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
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    durations.observe({ method: request.method, route, status: reply.raw.statusCode }, reply.elapsedTime / 1000);
    done();
  });
  app.get('/metrics', { logLevel: 'warn' }, async (_request, reply) =>
    reply.header('content-type', registry.contentType).send(await registry.metrics()),
  );
}
