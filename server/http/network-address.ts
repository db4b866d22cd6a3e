import type { FastifyRequest } from 'fastify';

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/**
 * The network address that attempts are counted for. Undefined for a loopback address, because it belongs to a developer, or to a
 * reverse proxy that TRUST_PROXY does not name, whose shared count would lock everybody out at once.
 */
export function networkAddress(request: FastifyRequest): string | undefined {
  return LOOPBACK.test(request.ip) ? undefined : request.ip;
}
