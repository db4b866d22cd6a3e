import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';

/** For answers that Fastify does not write, such as streams. @returns the raw response, with the headers that the reply has so far */
export function takeOver(reply: FastifyReply): ServerResponse {
  reply.hijack();
  const { raw } = reply;
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value);
  return raw;
}
