import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendEmbedError } from './embed/send-embed-error.ts';
import { failureBody, LoginRefusal } from './external-login/envelope.ts';
import { MANAGEMENT_BASE } from './management/route.ts';
import { sendApiError, toApiError } from './send-error.ts';

/**
 * Answers a URL that cannot be decoded, such as `/1/users/%zz`. Such a request reaches no route and no error handler, so the API's own
 * error format is chosen here.
 * @returns undefined, without sending anything, for a URL outside the APIs
 */
export function sendUndecodableUrl(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply | undefined {
  if (request.url.startsWith('/1/') || request.url.startsWith(`${MANAGEMENT_BASE}/`))
    return sendApiError(toApiError(error, request), request, reply);
  if (request.url.startsWith('/embed/')) return sendEmbedError(error, request, reply);
  if (!request.url.startsWith('/custom_api/')) return undefined;
  const refusal = new LoginRefusal(
    400,
    'The URL cannot be decoded: a % in it is not followed by two hexadecimal digits.',
  );
  return reply.code(refusal.status).type('application/json; charset=utf-8').send(failureBody(refusal));
}
