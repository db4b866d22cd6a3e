import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type Provider from 'oidc-provider';
import type { RealmContext } from '../realm.ts';
import { addPortalErrorPages } from './error-page.ts';
import { admit } from './guard.ts';
import { PORTAL_ROUTES } from './routes.ts';

const MAX_FORM_BYTES = 64 * 1024;
/** Of a picture, before we make it smaller. */
const MAX_UPLOAD_BYTES = 5 * 1024 * 1024;

/** The account portal of one realm, below `/account`. */
export async function registerPortal(app: FastifyInstance, context: RealmContext, provider: Provider): Promise<void> {
  const base = `${context.prefix}/account`;
  await app.register(async (portal) => {
    addPortalErrorPages(portal, context);
    portal.removeAllContentTypeParsers();
    await portal.register(formbody, { bodyLimit: MAX_FORM_BYTES });
    await portal.register(multipart, {
      attachFieldsToBody: 'keyValues',
      limits: { fileSize: MAX_UPLOAD_BYTES, files: 1, fields: 20, fieldSize: MAX_FORM_BYTES },
    });
    for (const route of PORTAL_ROUTES) {
      if (route.realms && !route.realms.includes(context.realm)) continue;
      portal.route({
        method: route.method,
        url: route.path === '/' ? base : base + route.path,
        handler: async (request, reply) => {
          const call = await admit(context, provider, route, request, reply);
          return isReply(call) ? call : route.handle(call);
        },
      });
    }
  });
}

function isReply(value: object): value is FastifyReply {
  return 'raw' in value && 'hijack' in value;
}
