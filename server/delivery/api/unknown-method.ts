import type { FastifyInstance } from 'fastify';
import { ApiError } from './api-error.ts';
import { EmbedError } from './embed/embed-error.ts';
import { sendEmbedError } from './embed/send-embed-error.ts';
import { MANAGEMENT_BASE } from './management/route.ts';
import { sendApiError } from './send-error.ts';

/** Answers methods that Fastify does not route, such as PROPFIND, in the API's own error format instead of the HTML error page. */
export function refuseUnknownMethods(app: FastifyInstance): void {
  const supported = new Set(app.supportedMethods);
  app.addHook('onRequest', (request, reply, done) => {
    if (supported.has(request.method)) return done();
    if (request.url.startsWith('/1/')) {
      sendApiError(new ApiError(404, 'not_found', 'There is no such call. See /docs/api.'), request, reply);
    } else if (request.url.startsWith(`${MANAGEMENT_BASE}/`)) {
      const message = `There is no such call. See ${MANAGEMENT_BASE}/openapi.json.`;
      sendApiError(new ApiError(404, 'not_found', message), request, reply);
    } else if (request.url.startsWith('/embed/')) sendEmbedError(new EmbedError('not_found'), request, reply);
    else done();
  });
}
