import type { FastifyInstance } from 'fastify';

/** Where the documentation begins: at its site, or at the reference of the API where the site has not been built. */
export function docsPathOf(app: Pick<FastifyInstance, 'hasRoute'>): string {
  return app.hasRoute({ method: 'GET', url: '/docs' }) ? '/docs' : '/docs/api';
}
