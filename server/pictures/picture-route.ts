import type { FastifyInstance } from 'fastify';
import type { PictureRepository } from '../storage/pictures.ts';

const FOREVER = 'public, max-age=31536000, immutable';

/**
 * `/pictures/:id`: pictures for whoever has been told their address. A shop shows them in its pages, so any page may; a new picture has
 * a new address, so they may be kept. Beside what every response says (no sniffing, no framing) nothing in them may load or run.
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
