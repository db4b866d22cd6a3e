import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import formbody from '@fastify/formbody';
import fastifyStatic from '@fastify/static';
import { tokensCss } from '@signup-with-platform/design/stylesheet';
import { withoutTrailingSlashes } from '@signup-with-platform/protocol';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { createHttpServer, type HttpServer } from '../process/http-server.ts';
import { installedPath } from '../process/installation.ts';
import { showMistake } from './handlers/mistake.ts';
import { securityHeaders } from './http/security-headers.ts';
import { SessionCookie } from './http/session-cookie.ts';
import { platformApi } from './registration/platform-api.ts';
import { routes } from './routes.ts';
import { openDatabase } from './storage/database.ts';
import { StoreContext } from './store-context.ts';

export interface StoreOptions {
  /** The platform's origin, which serves `/widget.js`. */
  platformUrl: string;
  /** The platform's issuer identifier for this store's environment. */
  issuer: string;
  clientId: string;
  /** The platform's name. Default `Platform`. */
  platformName?: string;
  /** With a key, the welcome page also calls `GET /1/users/{sub}`. */
  apiKey?: string;
  /** An open database. Default: the file `demo-store.sqlite` in `dataDir`. */
  database?: DatabaseSync;
  /** Default: the database is in memory. */
  dataDir?: string;
  /** True when people reach the store over https. Default false. */
  secureCookies?: boolean;
  /** How long an idle connection is kept. Default: 72 seconds, longer than proxies do. */
  keepAliveMs?: number;
  /** Default: nothing is logged. */
  logger?: FastifyServerOptions['logger'];
}

/** What `npm run build` makes of `demo/browser/` and `demo/public/`. */
const BROWSER_FILES = installedPath('demo/dist/');

/** The platform's popup shows it, too. */
const LOGO = '/favicon.svg';

/** In bytes. The form's fields have much lower limits, and a credential has at most 16 KB. */
const BODY_LIMIT = 64 * 1024;
const DEFAULT_KEEP_ALIVE_MS = 72_000;

/**
 * The demo store, not yet listening: `await createStore(…).listen({ port: 0 })`. Closing it closes its database.
 *
 * @throws Error when its browser files have not been built
 */
export function createStore(options: StoreOptions): FastifyInstance {
  if (!existsSync(BROWSER_FILES)) throw new Error('The demo store has not been built. Run `npm run build` first.');
  const platformUrl = withoutTrailingSlashes(options.platformUrl);
  const secure = options.secureCookies ?? false;
  const database = options.database ?? openDatabase(options.dataDir);
  const store = new StoreContext({
    clientId: options.clientId,
    issuer: options.issuer,
    platformUrl,
    platformName: options.platformName ?? 'Platform',
    platform: options.apiKey ? platformApi(platformUrl, options.apiKey) : undefined,
    database,
    cookie: new SessionCookie({ secure }),
  });

  let http: HttpServer | undefined;
  const app = Fastify({
    logger: options.logger ?? false,
    bodyLimit: BODY_LIMIT,
    genReqId: () => randomUUID(),
    serverFactory: (listener) => {
      http = createHttpServer(options.keepAliveMs ?? DEFAULT_KEEP_ALIVE_MS, listener);
      return http.server;
    },
  });
  app.addHook('preClose', async () => http?.drain());
  const headers = securityHeaders(new URL(platformUrl).origin, { secure });
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...headers, 'x-request-id': request.id, 'cache-control': 'no-store' });
  });
  app.addHook('onClose', async () => {
    if (database.isOpen) database.close();
  });

  app.register(formbody, { bodyLimit: BODY_LIMIT });
  app.register(fastifyStatic, {
    root: BROWSER_FILES,
    index: false,
    wildcard: false,
    setHeaders: (reply, path) => {
      reply.header('cache-control', 'no-cache');
      if (path.endsWith(LOGO)) reply.header('cross-origin-resource-policy', 'cross-origin');
    },
  });
  app.get('/tokens.css', async (_request, reply) =>
    reply.header('cache-control', 'no-cache').type('text/css; charset=utf-8').send(tokensCss),
  );
  for (const { method, url, handler } of routes) {
    app.route({ method, url, handler: (request, reply) => handler(store, request, reply) });
  }

  app.setNotFoundHandler((request, reply) => showMistake(store, request, reply, 'not_found'));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) return showMistake(store, request, reply, 'bad_request', status);
    request.log.error(error);
    return showMistake(store, request, reply, 'server_error');
  });
  return app;
}
