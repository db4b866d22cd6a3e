import type { FastifyInstance } from 'fastify';
import type { Database } from '../storage/database.ts';
import { type DatabaseProblem, problemOf } from '../storage/database-errors.ts';
import { RETRY_LATER } from './out-of-reach.ts';

const UNREACHABLE = 'The database is unreachable.';

/** Says nothing about where the database is. */
const MESSAGES: Readonly<Partial<Record<DatabaseProblem, string>>> = {
  full: 'The disk of the database is full.',
  read_only: 'The file of the database cannot be written.',
  io: 'The disk of the database fails.',
};

/**
 * Adds `/healthz`, which says that the process runs, and `/readyz`, which tells a load balancer whether it may send requests here: whether
 * the database can be read, and whether this server's own disk can be written. A PostgreSQL that can be read and not written, as during a
 * fail-over, leaves every server ready, because no other server could do better.
 */
export function addHealthRoutes(app: FastifyInstance, database: Pick<Database, 'ping'>): void {
  app.get('/healthz', { logLevel: 'warn' }, async () => ({ status: 'ok' }));
  app.get('/readyz', { logLevel: 'warn' }, async (request, reply) => {
    try {
      await database.ping();
      return { status: 'ready' };
    } catch (error) {
      request.log.warn({ err: error }, 'not ready');
      return reply
        .code(503)
        .headers(RETRY_LATER)
        .send({ status: 'unavailable', message: MESSAGES[problemOf(error) ?? 'unreachable'] ?? UNREACHABLE });
    }
  });
}
