import type { FastifyReply } from 'fastify';

/** Says when it is worth trying again (RFC 9110 section 10.2.3), in whole seconds, and never too early. */
export function retryAfter(reply: FastifyReply, waitMs: number): FastifyReply {
  return reply.header('retry-after', Math.ceil(waitMs / 1000));
}
