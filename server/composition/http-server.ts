import type { Server } from 'node:http';
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import type { Config } from '../config.ts';
import { sendUndecodableUrl } from '../delivery/api/undecodable-url.ts';
import { addErrorPages, sendErrorPage } from '../delivery/popup/error-pages.ts';
import { PopupError } from '../delivery/popup/popup-error.ts';
import { hashQueue } from '../domain/accounts/hash-queue.ts';
import { leaveBodiesToHandlers } from '../http/body/unread-body.ts';
import { addBrandFiles } from '../http/brand-files.ts';
import { withoutDuplicates } from '../http/browser-cookie.ts';
import { addHealthRoutes } from '../http/health.ts';
import { loggerOptions } from '../http/logger.ts';
import { addMetrics } from '../http/metrics.ts';
import { requestIdOf } from '../http/request-id.ts';
import { addSecurityHeaders, setSecurityHeaders } from '../http/security-headers.ts';
import type { Database } from '../storage/database.ts';

const TIMEOUTS = {
  requestTimeout: 30_000,
  // Longer than proxies keep an idle connection (most of them 60 seconds). A server that closes first loses the request that a proxy or
  // a stalled client is about to send on that connection.
  keepAliveTimeout: 72_000,
};

/**
 * Creates a Fastify application with what all responses share: headers, error pages, health, metrics. It has no product routes yet.
 * @param server a server that listens already, for callers that must know its address before the application exists
 */
export function createHttpServer(config: Config, database: Database, server?: Server): FastifyInstance {
  const https = config.publicUrl.startsWith('https:');
  const options: FastifyServerOptions<Server> = {
    logger: loggerOptions(config.logLevel),
    genReqId: requestIdOf,
    trustProxy: config.trustProxy ?? false,
    ...TIMEOUTS,
    // A server that stops answers its open requests and closes idle connections.
    forceCloseConnections: 'idle',
    // Fastify sets timeouts only on servers that it creates itself.
    ...(server && { serverFactory: () => Object.assign(server, TIMEOUTS) }),
    // Fastify runs no hook for a URL that it cannot decode, so the same headers and error page are sent here. The error is not logged,
    // because its message repeats the URL with its query.
    frameworkErrors: (error, request, reply) => {
      setSecurityHeaders(reply.raw, { https });
      reply.raw.setHeader('x-request-id', request.id);
      if (sendUndecodableUrl(error, request, reply)) return;
      void sendErrorPage(config, new PopupError('invalid_request'), request, reply);
    },
  };
  const app = Fastify(options);
  leaveBodiesToHandlers(app);
  app.addHook('onRequest', (request, reply, done) => {
    reply.raw.setHeader('x-request-id', request.id);
    const { headers } = request.raw;
    if (headers.cookie !== undefined) headers.cookie = withoutDuplicates(headers.cookie);
    done();
  });
  addSecurityHeaders(app, { https });
  addErrorPages(app, config);
  addHealthRoutes(app, database);
  addMetrics(app, hashQueue, database.health);
  addBrandFiles(app, config.brand);
  return app;
}
