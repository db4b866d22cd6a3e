import formbody from '@fastify/formbody';
import { toFastify } from '@signup-with-platform/client';
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { type ShopSettings, settingsFromEnvironment } from './shop/settings.ts';
import { type Answer, createShop } from './shop/shop.ts';

/** A sign-up with Fastify. */
export function createApp(settings: ShopSettings): FastifyInstance {
  const shop = createShop(settings);
  const send = (reply: FastifyReply, { status, headers, body }: Answer) =>
    reply.code(status).headers(headers).send(body);

  const app = Fastify({ bodyLimit: 64 * 1024 });
  app.register(formbody);
  app.get('/', (_request, reply) => send(reply, shop.showForm()));
  app.post<{ Body: Record<string, unknown> | undefined }>('/register', async (request, reply) =>
    send(reply, await shop.register(request.body?.['credential'], request.headers.cookie)),
  );
  app.register(toFastify(shop.signup), { path: '/signup' });
  return app;
}

if (import.meta.main) await createApp(settingsFromEnvironment()).listen({ port: 3000 });
