import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AppEnvironment } from '#storage/app-environments.ts';

const PREFLIGHT_LIFETIME_SECONDS = 7_200;

/**
 * Answers OPTIONS. A preflight names no client, so every origin gets it, registered or not. It only lets a page send what a plain form
 * could send anyway, without cookies. Reading the answer needs the header that `exposeTo` sets.
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
 * Lets pages on the app's registered origins read the answer and errors, outside production. Never in production, because a page cannot
 * keep a secret.
 */
export function exposeTo(app: AppEnvironment | undefined, origin: string | undefined, reply: FastifyReply): void {
  if (!app || !origin || app.environment === 'production' || !app.origins.includes(origin)) return;
  reply.headers({
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'x-request-id, retry-after',
  });
}
