import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import type { FastifyError, FastifyInstance } from 'fastify';
import type { Provider } from '../engine/provider-types.ts';
import type { RealmContext } from '../http/realm-context.ts';
import { severOpener } from '../http/security-headers.ts';
import { sendPortalError } from './error-page.ts';
import { answer } from './guard.ts';
import { takeMultipart } from './multipart.ts';
import { PortalError, PortalRedirect } from './portal-error.ts';
import type { PortalRoute } from './route.ts';

const MAX_FORM_BYTES = 64 * 1024;

/** The account portal of one realm, below `/account`. @param routes every address of it */
export async function registerPortal(
  app: FastifyInstance,
  context: RealmContext,
  provider: Provider,
  routes: readonly PortalRoute[],
): Promise<void> {
  const base = `${context.prefix}/account`;
  await app.register(async (portal) => {
    portal.addHook('onRequest', async (_request, reply) => severOpener(reply.raw));
    portal.removeAllContentTypeParsers();
    await portal.register(cookie);
    await portal.register(formbody, { bodyLimit: MAX_FORM_BYTES });
    await takeMultipart(portal, MAX_FORM_BYTES);
    // An address that is none of ours keeps its place in the portal; another method is answered as everywhere.
    portal.get(`${base}/*`, (request, reply) =>
      sendPortalError(context, {}, new PortalError('not_found'), request, reply),
    );
    for (const route of routes) {
      if (route.realms && !route.realms.includes(context.realm)) continue;
      portal.route<{ Params: Record<string, string> }>({
        method: route.method,
        url: route.path === '/' ? base : base + route.path,
        errorHandler: (error: FastifyError | PortalRedirect, request, reply) =>
          error instanceof PortalRedirect
            ? reply.redirect(error.path, 303)
            : sendPortalError(context, route, error, request, reply),
        handler: (request, reply) => answer({ context, provider, request, reply }, route),
      });
    }
  });
}
