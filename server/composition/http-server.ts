import type { Server } from 'node:http';
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { createHttpServer as createServer } from '../../process/http-server.ts';
import type { Config } from '../config.ts';
import { sendUndecodableUrl } from '../delivery/api/undecodable-url.ts';
import { addNotFoundPage } from '../delivery/front/not-found.ts';
import { addErrorPages, sendErrorPage } from '../delivery/popup/error-pages.ts';
import { PopupError } from '../delivery/popup/popup-error.ts';
import { leaveBodiesToHandlers } from '../http/body/unread-body.ts';
import { addBrandFiles } from '../http/brand-files.ts';
import { withoutDuplicates } from '../http/browser-cookie.ts';
import { addHealthRoutes } from '../http/health.ts';
import { loggerOptions } from '../http/logger.ts';
import { answerUnreadable, refuseLongAddresses } from '../http/long-requests.ts';
import { requestIdOf } from '../http/request-id.ts';
import { addSecurityHeaders, securityHeaders } from '../http/security-headers.ts';
import { createRegistry, type Registry } from '../metrics/registry.ts';
import { measureRequests } from '../metrics/requests.ts';
import type { Database } from '../storage/database.ts';
import type { Tracing } from './tracing.ts';

/**
 * Creates a Fastify application with what all responses share: headers, error pages, health, durations. It has no product routes yet.
 * @param server a server that listens already, for callers that must know its address before the application exists
 * @param worker which of several processes at one port this is
 */
export function createHttpServer(
  config: Config,
  database: Database,
  {
    server,
    tracing,
    worker,
  }: { server?: Server | undefined; tracing?: Tracing | undefined; worker?: number | undefined },
): { app: FastifyInstance; registry: Registry } {
  const options: FastifyServerOptions<Server> = {
    logger: loggerOptions(config.logLevel, { worker, mixin: tracing?.options.mixin }),
    genReqId: tracing?.options.genReqId ?? requestIdOf,
    trustProxy: config.trustProxy ? [...config.trustProxy] : false,
    // A server that stops answers its open requests and closes idle connections.
    forceCloseConnections: 'idle',
    serverFactory: (listener) => server ?? createServer(config.keepAliveMs, listener).server,
    clientErrorHandler: answerUnreadable,
    // Fastify runs no hook for a URL that it cannot decode, so the same headers and error page are sent here. The error is not logged,
    // because its message repeats the URL with its query.
    frameworkErrors: (error, request, reply) => {
      reply.headers(securityHeaders(config)).header('x-request-id', request.id);
      if (sendUndecodableUrl(error, request, reply)) return;
      void sendErrorPage(config, new PopupError('invalid_request'), request, reply);
    },
  };
  const app = Fastify(options);
  const registry = createRegistry(worker);
  tracing?.addTo(app, registry);
  leaveBodiesToHandlers(app);
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    const { headers } = request.raw;
    if (headers.cookie !== undefined) headers.cookie = withoutDuplicates(headers.cookie);
    done();
  });
  addSecurityHeaders(app, config);
  refuseLongAddresses(app);
  addErrorPages(app, config);
  addNotFoundPage(app, config);
  addHealthRoutes(app, database);
  measureRequests(app, registry);
  addBrandFiles(app, config.brand);
  return { app, registry };
}
