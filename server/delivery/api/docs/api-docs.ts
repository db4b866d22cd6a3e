import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { once } from '#domain/values/once.ts';
import { compress } from '#pages/compress.ts';
import type { ApiContext } from '../route.ts';
import type { Constant } from './documents.ts';

/** Long enough to avoid repeated downloads, short enough that nobody reads an old version. */
const FIVE_MINUTES = 'public, max-age=300, stale-while-revalidate=86400';

/**
 * Adds `/openapi.json` for tools and `/docs/api` for people. They are made, and the code that makes them is loaded, for the first request: a
 * start need not wait for a documentation of half a megabyte.
 */
export async function registerApiDocs(app: FastifyInstance, { config }: Pick<ApiContext, 'config'>): Promise<void> {
  const platform = {
    name: config.platformName,
    brand: config.brand,
    publicUrl: config.publicUrl,
    quotaPerHour: config.apiQuotaPerHour,
  };
  const documents = () => import('./documents.ts');
  app.get(
    '/openapi.json',
    constantHandler(async () => (await documents()).openApi(platform)),
  );
  app.get(
    '/docs/api',
    constantHandler(async () => (await documents()).page(platform)),
  );
}

function constantHandler(make: () => Promise<Constant>) {
  const constant = once(async () => {
    const made = await make();
    // Weak, because the compressed document has other bytes but the same tag (RFC 9110 section 8.8.3.3).
    return { ...made, etag: `W/"${createHash('sha256').update(made.text).digest('base64url').slice(0, 22)}"` };
  });
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { text, type, headers, etag } = await constant();
    reply.headers({ ...headers, etag, 'cache-control': FIVE_MINUTES, vary: 'accept-encoding' });
    const known = request.headers['if-none-match']?.split(',').map((tag) => tag.trim());
    if (known?.includes(etag) || known?.includes('*')) return reply.code(304).send();
    const { body, encoding } = await compress(text, request.headers['accept-encoding']?.toString());
    if (encoding) reply.header('content-encoding', encoding);
    return reply.type(type).send(body);
  };
}
