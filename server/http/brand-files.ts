import type { FastifyInstance } from 'fastify';
import type { Brand } from '../brand/brand.ts';

const FOREVER = 'public, max-age=31536000, immutable';

/**
 * Serves the operator's logo, at a path that contains a hash of its content. An SVG that is opened by itself is a document, so its
 * policy lets it run and load nothing.
 */
export function addBrandFiles(app: FastifyInstance, { logo }: Brand): void {
  if (!logo) return;
  app.get(logo.path, (_request, reply) =>
    reply
      .headers({
        'cache-control': FOREVER,
        // The widget shows the logo on vendors' pages. Those with a Cross-Origin-Embedder-Policy load only what sends this header.
        'cross-origin-resource-policy': 'cross-origin',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      })
      .type(logo.contentType)
      .send(logo.bytes),
  );
}
