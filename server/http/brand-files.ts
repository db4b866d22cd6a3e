import type { FastifyInstance } from 'fastify';
import type { Brand } from '../brand/brand.ts';

const FOREVER = 'public, max-age=31536000, immutable';

/** The operator's logo, under an address that names its content. Opened by itself, an SVG is a document: it may do nothing. */
export function addBrandFiles(app: FastifyInstance, { logo }: Brand): void {
  if (!logo) return;
  app.get(logo.path, (_request, reply) =>
    reply
      .headers({
        'cache-control': FOREVER,
        // The element shows it on pages of other sites, some of which let in nothing that does not say so (Cross-Origin-Embedder-Policy).
        'cross-origin-resource-policy': 'cross-origin',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      })
      .type(logo.contentType)
      .send(logo.bytes),
  );
}
