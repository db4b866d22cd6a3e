import type { FastifyInstance } from 'fastify';
import type { Database } from '../storage/database.ts';

/** `/healthz`: the process answers. `/readyz`: it can serve, so a load balancer may send people here. */
export function addHealthRoutes(app: FastifyInstance, database: Pick<Database, 'ping'>): void {
  app.get('/healthz', { logLevel: 'warn' }, async () => ({ status: 'ok' }));
  app.get('/readyz', { logLevel: 'warn' }, async (request, reply) => {
    try {
      await database.ping();
      return { status: 'ready' };
    } catch (error) {
      request.log.warn({ err: error }, 'the database is out of reach');
      return reply
        .code(503)
        .header('retry-after', '5')
        .send({ status: 'unavailable', message: 'The database is out of reach.' });
    }
  });
}
