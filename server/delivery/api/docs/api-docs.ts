import type { FastifyInstance } from 'fastify';
import { constantOf, sendConstant } from '#pages/constant.ts';
import type { ApiContext } from '../route.ts';
import { openApiDocument } from './openapi.ts';
import { OPERATIONS } from './operations.ts';
import { apiPage } from './page/api-page.ts';

/** Adds `/openapi.json` for tools and `/docs/api` for people. Both are made from the declarations that route and validate calls. */
export async function registerApiDocs(app: FastifyInstance, { config }: Pick<ApiContext, 'config'>): Promise<void> {
  const platform = {
    name: config.platformName,
    brand: config.brand,
    publicUrl: config.publicUrl,
    quotaPerHour: config.apiQuotaPerHour,
  };
  const document = constantOf({
    text: JSON.stringify(openApiDocument(OPERATIONS, platform)),
    type: 'application/json; charset=utf-8',
    // Tools on other origins may read it, because it contains no personal data.
    headers: { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' },
  });
  const { html, contentSecurityPolicy } = apiPage(OPERATIONS, platform);
  const page = constantOf({
    text: html,
    type: 'text/html; charset=utf-8',
    headers: { 'content-security-policy': contentSecurityPolicy, 'cross-origin-opener-policy': 'same-origin' },
  });
  app.get('/openapi.json', (request, reply) => sendConstant(request, reply, document));
  app.get('/docs/api', (request, reply) => sendConstant(request, reply, page));
}
