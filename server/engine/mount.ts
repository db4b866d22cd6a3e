import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CLIENT_ADDRESS } from '../http/client-address.ts';
import type { RealmContext } from '../http/realm-context.ts';
import { takeOver } from '../http/take-over.ts';
import { OverloadedError } from '../load/overloaded-error.ts';
import type { AppEnvironment } from '../storage/app-environments.ts';
import { readBodyFor } from './body.ts';
import { ASKING_APP } from './clients.ts';
import { DISCOVERY_ROUTES, insertedDiscoveryRoutes } from './discovery.ts';
import type { Engine } from './engine.ts';
import { loadSession } from './engine-internals.ts';
import { InteractionLimit } from './interaction-limit.ts';
import { takePostedRequests } from './posted-requests.ts';
import { FIRST_PAGE_IN_PLACE, PROVIDER_ROUTES } from './provider-routes.ts';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** A realm's protocol engine under Fastify. */
export interface MountedRealm {
  /** Of what anybody can make the server keep. */
  readonly limit: InteractionLimit;
  /** Lets the engine answer `app`'s request as if it were one for `path`, which is below the issuer and includes the query. */
  answerAuthorization(exchange: Exchange, path: string, app: AppEnvironment): Promise<void>;
}

/** The engine's routes, below the realm's prefix. */
const ROUTES = [
  PROVIDER_ROUTES.authorization,
  `${PROVIDER_ROUTES.authorization}/:uid`,
  PROVIDER_ROUTES.token,
  PROVIDER_ROUTES.jwks,
  PROVIDER_ROUTES.userinfo,
  PROVIDER_ROUTES.revocation,
  PROVIDER_ROUTES.pushed_authorization_request,
  PROVIDER_ROUTES.device_authorization,
  // What is typed at `/device` itself is ours (delivery/popup/device/).
  `${PROVIDER_ROUTES.code_verification}/:uid`,
  ...DISCOVERY_ROUTES,
];

/** Where people come, and not programs. */
const PATHS_FOR_PEOPLE = [PROVIDER_ROUTES.authorization, `${PROVIDER_ROUTES.code_verification}/`];

/** Cacheable routes. Every widget asks for them, and a new signing key is published long enough before its first use. */
const PUBLIC_ROUTES: ReadonlySet<string> = new Set([PROVIDER_ROUTES.jwks, ...DISCOVERY_ROUTES]);
const PUBLIC_HEADERS = { 'cache-control': 'public, max-age=300', 'cross-origin-resource-policy': 'cross-origin' };
/** Every page may read them. The widget judges a credential by their time, because the clock of a device is no evidence. */
const READABLE_HEADERS = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'date, age' };

/** Mounts the engine. It parses request bodies itself. */
export async function mountProvider(
  app: FastifyInstance,
  context: RealmContext,
  engine: Engine,
): Promise<MountedRealm> {
  const limit = new InteractionLimit();
  const answer = async (request: FastifyRequest, reply: FastifyReply, path: string): Promise<void> => {
    const raw = request.raw as IncomingMessage & { originalUrl?: string };
    raw.url = path;
    raw.originalUrl = context.prefix + path;
    Object.assign(raw, { [CLIENT_ADDRESS]: request.ip });
    asPublic(raw, context.config.publicUrl);
    await readBodyFor(raw);
    // Afterwards, because whoever is refused a turn is answered by Fastify.
    await engine.answer(raw, takeOver(reply));
  };
  const answerAuthorization = async (request: FastifyRequest, reply: FastifyReply, path: string): Promise<void> => {
    await limit.check(request, reply, async () => {
      const session = await loadSession(engine.provider, request.raw, reply.raw);
      return session.accountId;
    });
    await answer(request, reply, path);
    await limit.note(request);
  };

  await app.register(async (scope) => {
    scope.setErrorHandler(sayOverloaded);
    const addRoute = (url: string, path: string, pathOf: (requested: string) => string) => {
      // Where people come, what is not for the engine gets our page, and not its plain text.
      const isForPeople = PATHS_FOR_PEOPLE.some((start) => path.startsWith(start));
      scope.route({
        method: isForPeople ? ['GET', 'HEAD'] : scope.supportedMethods,
        url,
        handler: (request, reply) => {
          if (PUBLIC_ROUTES.has(path)) reply.headers(PUBLIC_HEADERS);
          // The engine answers preflights, and leaves an answer as it is that has such headers.
          if (PUBLIC_ROUTES.has(path) && request.method !== 'OPTIONS') reply.headers(READABLE_HEADERS);
          const respond = path === PROVIDER_ROUTES.authorization ? answerAuthorization : answer;
          return respond(request, reply, pathOf(request.url));
        },
      });
    };
    for (const path of ROUTES) addRoute(context.prefix + path, path, (url) => url.slice(context.prefix.length));
    for (const [url, path] of insertedDiscoveryRoutes(context)) addRoute(url, path, () => path);
  });
  await app.register((scope) => takePostedRequests(scope, context));

  return {
    limit,
    answerAuthorization: ({ request, reply }, path, app) => {
      Object.assign(request.raw, { [FIRST_PAGE_IN_PLACE]: true, [ASKING_APP]: app });
      return answerAuthorization(request, reply, path);
    },
  };
}

/** In OAuth's form to programs. @throws what is not an overload, and what people see as a page */
function sayOverloaded(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const isForPeople = PATHS_FOR_PEOPLE.some((start) => request.routeOptions.url?.includes(start));
  if (!(error instanceof OverloadedError) || isForPeople) throw error;
  return reply
    .code(503)
    .headers({
      'retry-after': error.retryAfterSeconds,
      'cache-control': 'no-store',
      'access-control-allow-origin': '*',
    })
    .send({ error: 'temporarily_unavailable', error_description: error.message });
}

/** Sets the headers from which the engine builds URLs and decides on Secure cookies, so that they follow PUBLIC_URL and not the client. */
function asPublic({ headers }: IncomingMessage, publicUrl: string): void {
  const { host, protocol } = new URL(publicUrl);
  headers.host = host;
  headers['x-forwarded-proto'] = protocol.slice(0, -1);
  delete headers['x-forwarded-host'];
}
