import type { Server } from 'node:http';
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import type { Config } from '../config.ts';
import { sendUndecodableUrl } from '../delivery/api/undecodable-url.ts';
import { addErrorPages, sendErrorPage } from '../delivery/popup/error-pages.ts';
import { PopupError } from '../delivery/popup/popup-error.ts';
import { addBrandFiles } from '../http/brand-files.ts';
import { addHealthRoutes } from '../http/health.ts';
import { loggerOptions } from '../http/logger.ts';
import { addMetrics } from '../http/metrics.ts';
import { requestIdOf } from '../http/request-id.ts';
import { addSecurityHeaders, setSecurityHeaders } from '../http/security-headers.ts';
import type { Database } from '../storage/database.ts';

const TIMEOUTS = {
  requestTimeout: 30_000,
  // Longer than proxies keep an idle connection (most of them 60 seconds), because a server that closes first loses the request that a
  // proxy, or a client that was stalled, is about to send on it.
  keepAliveTimeout: 72_000,
};

/**
 * Fastify with what every response shares, and nothing of the product yet.
 * @param server an HTTP server that is listening already, when its address had to be known first
 */
export function createHttpServer(config: Config, database: Database, server?: Server): FastifyInstance {
  const https = config.publicUrl.startsWith('https:');
  const options: FastifyServerOptions<Server> = {
    logger: loggerOptions(config.logLevel),
    genReqId: requestIdOf,
    trustProxy: config.trustProxy ?? false,
    ...TIMEOUTS,
    // A server that stops finishes what it began; idle connections are closed.
    forceCloseConnections: 'idle',
    // Fastify sets the timeouts of servers that it makes itself only.
    ...(server && { serverFactory: () => Object.assign(server, TIMEOUTS) }),
    // A URL that cannot be decoded meets no hook, so it gets the same headers and the same page here. The error repeats the URL, query
    // and all, and is not for the log.
    frameworkErrors: (error, request, reply) => {
      setSecurityHeaders(reply.raw, { https });
      reply.raw.setHeader('x-request-id', request.id);
      if (sendUndecodableUrl(error, request, reply)) return;
      void sendErrorPage(config, new PopupError('invalid_request'), request, reply);
    },
  };
  const app = Fastify(options);
  app.addHook('onRequest', (request, reply, done) => {
    reply.raw.setHeader('x-request-id', request.id);
    done();
  });
  addSecurityHeaders(app, { https });
  addErrorPages(app, config);
  addHealthRoutes(app, database);
  addMetrics(app);
  addBrandFiles(app, config.brand);
  return app;
}
