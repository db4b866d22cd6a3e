import type { FastifyInstance } from 'fastify';
import { type Constant, constantHandler } from '#pages/constant-answer.ts';
import type { ApiContext } from '../route.ts';
import { openApiDocument } from './openapi.ts';
import { OPERATIONS } from './operations.ts';
import { apiPage } from './page/api-page.ts';
import { postmanCollection } from './postman.ts';

/** Long enough to avoid repeated downloads, short enough that nobody reads an old version. */
const FIVE_MINUTES = 'public, max-age=300, stale-while-revalidate=86400';

/** Adds `/openapi.json` and a Postman collection for tools, and `/docs/api` for people. All are made from the declarations that route and validate calls. */
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
    headers: {
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': FIVE_MINUTES,
    },
  };
  const { html, contentSecurityPolicy } = apiPage(OPERATIONS, platform);
  const page: Constant = {
    text: html,
    type: 'text/html; charset=utf-8',
    headers: {
      'content-security-policy': contentSecurityPolicy,
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': FIVE_MINUTES,
    },
  };
  const collection: Constant = {
    text: JSON.stringify(postmanCollection(OPERATIONS, platform), null, 2),
    type: 'application/json; charset=utf-8',
    headers: { ...document.headers, 'content-disposition': 'attachment; filename="platform.postman_collection.json"' },
  };
  app.get('/openapi.json', constantHandler(document));
  app.get('/docs/postman.json', constantHandler(collection));
  app.get('/docs/api', constantHandler(page));
}
