import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { DatabaseHealth } from '../storage/database-health.ts';

/** The queue of password hashes, as far as it is measured. */
interface MeasuredQueue {
  readonly waiting: number;
  readonly refused: number;
}

/**
 * Adds `/metrics` in Prometheus text format: the process, the queue of password hashes, the database's problems, and durations by route. Never by path, which may
 * contain personal data.
 */
export function addMetrics(
  app: FastifyInstance,
  hashes: MeasuredQueue,
  health: Pick<DatabaseHealth, 'problems'>,
): void {
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
  app.get('/metrics', { logLevel: 'warn' }, async (_request, reply) =>
    reply.header('content-type', registry.contentType).send(await registry.metrics()),
  );
}

function measureHashes(registry: Registry, hashes: MeasuredQueue): void {
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

function measureDatabase(registry: Registry, health: Pick<DatabaseHealth, 'problems'>): void {
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
