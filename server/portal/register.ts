import cookie from '@fastify/cookie';
import type { FastifyError, FastifyInstance } from 'fastify';
import type { Provider } from '../engine/provider-types.ts';
import type { RealmContext } from '../http/realm-context.ts';
import { severOpener } from '../http/security-headers.ts';
import { keepAnswers } from '../http/submissions.ts';
import { withoutTrailingSlash } from '../http/trailing-slash.ts';
import { sendPortalError } from './error-page.ts';
import { answer } from './guard.ts';
import { PortalError, PortalRedirect } from './portal-error.ts';
import type { PortalRoute } from './route.ts';

const MOVED_PERMANENTLY = 301;

/** The account portal of one realm, below `/account`. @param routes every address of it */
export async function registerPortal(
  app: FastifyInstance,
  context: RealmContext,
  provider: Provider,
  routes: readonly PortalRoute[],
): Promise<void> {
  const base = `${context.prefix}/account`;
  await app.register(async (portal) => {
    keepAnswers(portal);
    portal.addHook('onRequest', (_request, reply, done) => {
      severOpener(reply);
      done();
    });
    await portal.register(cookie);
    // An address that is none of ours keeps its place in the portal, unless only a slash at the end is too much; another method is answered as everywhere.
    portal.get<{ Params: Record<string, string> }>(`${base}/*`, (request, reply) => {
      const meant = withoutTrailingSlash(request.url);
      return meant === undefined
        ? sendPortalError({ context, provider, request, reply }, {}, new PortalError('not_found'))
        : reply.redirect(meant, MOVED_PERMANENTLY);
    });
    for (const route of routes) {
      if (route.realms && !route.realms.includes(context.realm)) continue;
      portal.route<{ Params: Record<string, string> }>({
        method: route.method,
        url: route.path === '/' ? base : base + route.path,
        errorHandler: (error: FastifyError | PortalRedirect, request, reply) =>
          error instanceof PortalRedirect
            ? reply.redirect(error.path, 303)
            : sendPortalError({ context, provider, request, reply }, route, error),
        handler: (request, reply) => answer({ context, provider, request, reply }, route),
      });
    }
  });
}
