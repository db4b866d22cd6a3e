import type { FastifyInstance } from 'fastify';
import { type Constant, constantHandler } from '#pages/constant.ts';
import type { DocsSearch } from '#pages/docs-bar.ts';
import type { ApiContext } from '../route.ts';

/**
 * Adds `/openapi.json` and a Postman collection for tools, and `/docs/api` for people. They are made, and the code that makes them is loaded,
 * for the first request: a start need not wait for a documentation of half a megabyte.
 * @param search of the documentation around it, which finds calls and error codes, too
 */
export async function registerApiDocs(
  app: FastifyInstance,
  { config, fields }: Pick<ApiContext, 'config' | 'fields'>,
  search: DocsSearch | undefined,
): Promise<void> {
  const platform = {
    name: config.platformName,
    brand: config.brand,
    publicUrl: config.publicUrl,
    quotaPerHour: config.apiQuotaPerHour,
    fields,
    search,
  };
  const documents = () => import('./documents.ts');
  const add = (path: string, make: () => Promise<Constant>) => app.get(path, constantHandler(make));
  add('/openapi.json', async () => (await documents()).openApi(platform));
  add('/docs/postman.json', async () => (await documents()).postman(platform));
  add('/docs/api', async () => (await documents()).page(platform));
}
