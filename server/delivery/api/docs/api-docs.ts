import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { compress } from '#pages/compress.ts';
import type { ApiContext } from '../route.ts';
import { openApiDocument } from './openapi.ts';
import { OPERATIONS } from './operations.ts';
import { apiPage } from './page/api-page.ts';

/** Long enough to avoid repeated downloads, short enough that nobody reads an old version. */
const FIVE_MINUTES = 'public, max-age=300, stale-while-revalidate=86400';

/** A document that stays the same for everybody until the server restarts. */
interface Constant {
  text: string;
  type: string;
  headers: Readonly<Record<string, string>>;
}

/** Adds `/openapi.json` for tools and `/docs/api` for people. Both are made from the declarations that route and validate calls. */
export async function registerApiDocs(app: FastifyInstance, { config }: Pick<ApiContext, 'config'>): Promise<void> {
  const platform = {
    name: config.platformName,
    brand: config.brand,
    publicUrl: config.publicUrl,
    quotaPerHour: config.apiQuotaPerHour,
  };
  const document: Constant = {
    text: JSON.stringify(openApiDocument(OPERATIONS, platform)),
    type: 'application/json; charset=utf-8',
    // Tools on other origins may read it, because it contains no personal data.
    headers: { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' },
  };
  const { html, contentSecurityPolicy } = apiPage(OPERATIONS, platform);
  const page: Constant = {
    text: html,
    type: 'text/html; charset=utf-8',
    headers: { 'content-security-policy': contentSecurityPolicy, 'cross-origin-opener-policy': 'same-origin' },
  };
  app.get('/openapi.json', constantHandler(document));
  app.get('/docs/api', constantHandler(page));
}

function constantHandler({ text, type, headers }: Constant) {
  // Weak, because the compressed document has other bytes but the same tag (RFC 9110 section 8.8.3.3).
  const etag = `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    reply.headers({ ...headers, etag, 'cache-control': FIVE_MINUTES, vary: 'accept-encoding' });
    const known = request.headers['if-none-match']?.split(',').map((tag) => tag.trim());
    if (known?.includes(etag) || known?.includes('*')) return reply.code(304).send();
    const { body, encoding } = await compress(text, request.headers['accept-encoding']?.toString());
    if (encoding) reply.header('content-encoding', encoding);
    return reply.type(type).send(body);
  };
}
