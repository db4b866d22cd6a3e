import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AppEnvironment } from '#storage/app-environments.ts';

const PREFLIGHT_LIFETIME_SECONDS = 7_200;

/**
 * Answers OPTIONS. A preflight names no client, so it is granted to every origin, registered or not: it lets a page send what a plain
 * form could send anyway, without cookies, and to read the answer takes the header of `exposeTo`.
 */
export async function answerOptions(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { origin } = request.headers;
  if (origin && request.headers['access-control-request-method']) {
    reply.headers({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type, x-request-id',
      'access-control-max-age': PREFLIGHT_LIFETIME_SECONDS,
    });
  }
  return reply.code(204).header('allow', 'POST, OPTIONS').send();
}

/**
 * Lets a page of the app itself read the answer, errors too: at its registered origins, while it is being developed. Never in
 * production, where a secret has no place in a page.
 */
export function exposeTo(app: AppEnvironment | undefined, origin: string | undefined, reply: FastifyReply): void {
  if (!app || !origin || app.environment === 'production' || !app.origins.includes(origin)) return;
  reply.headers({
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'x-request-id, retry-after',
  });
}
