import type { FastifyInstance } from 'fastify';
import type { PictureRepository } from '../storage/pictures.ts';

const FOREVER = 'public, max-age=31536000, immutable';

/**
 * Adds `/pictures/:id`, which anybody who knows an address can load. Vendors show the pictures on their pages, so any origin may embed
 * them. Caches may keep them forever, because a new picture gets a new address. A picture opened by itself can load and run nothing.
 */
export function addPictureRoute(app: FastifyInstance, pictures: PictureRepository): void {
  app.get<{ Params: { id: string } }>('/pictures/:id', async (request, reply) => {
    const picture = await pictures.find(request.params.id);
    if (!picture) return reply.callNotFound();
    return reply
      .headers({
        'cache-control': FOREVER,
        'cross-origin-resource-policy': 'cross-origin',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      })
      .type(picture.contentType)
      .send(picture.bytes);
  });
}
