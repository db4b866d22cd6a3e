import type { FastifyReply } from 'fastify';
import type { ApiAnswer } from './route.ts';

/** Sends an answer that no proxy may cache, because it may contain personal data. */
export function sendAnswer(reply: FastifyReply, { status = 200, body, text, headers = {} }: ApiAnswer): FastifyReply {
  reply.code(status).header('cache-control', 'private, no-cache').headers(headers);
  if (body === undefined) return reply.send();
  reply.type('application/json; charset=utf-8');
  return reply.send(text ?? (typeof body === 'string' ? body : JSON.stringify(body)));
}
