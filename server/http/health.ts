import type { FastifyInstance } from 'fastify';
import type { Database } from '../storage/database.ts';

/** Adds `/healthz`, which says that the process runs, and `/readyz`, which tells a load balancer whether it may send requests here. */
export function addHealthRoutes(app: FastifyInstance, database: Pick<Database, 'ping'>): void {
  app.get('/healthz', { logLevel: 'warn' }, async () => ({ status: 'ok' }));
  app.get('/readyz', { logLevel: 'warn' }, async (request, reply) => {
    try {
      await database.ping();
      return { status: 'ready' };
    } catch (error) {
      request.log.warn({ err: error }, 'the database is unreachable');
      return reply
        .code(503)
        .header('retry-after', '5')
        .send({ status: 'unavailable', message: 'The database is unreachable.' });
    }
  });
}
