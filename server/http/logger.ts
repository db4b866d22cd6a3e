import { hostname } from 'node:os';
import type { FastifyServerOptions } from 'fastify';

/**
 * Logs JSON: one line for each request and one for its response, both with the request id. Query strings, bodies, cookies and
 * credentials are never logged, so that they cannot leak (invariant 10).
 * @param worker which of several processes at one port writes it
 * @param mixin what each line gets besides
 */
export function loggerOptions(
  level: string,
  { worker, mixin }: { worker?: number | undefined; mixin?: (() => object) | undefined } = {},
): NonNullable<FastifyServerOptions['logger']> {
  if (level === 'silent') return false;
  return {
    level,
    ...(mixin && { mixin }),
    ...(worker !== undefined && { base: { pid: process.pid, hostname: hostname(), worker } }),
    redact: {
      // All headers, because we know only of our own ones which hold a secret.
      paths: ['headers', '*.headers', '*.password', '*.client_secret'],
      censor: '[redacted]',
    },
    serializers: {
      req: (request: { method: string; url: string; ip?: string }) => ({
        method: request.method,
        path: request.url.split('?', 1)[0],
        address: request.ip,
      }),
    },
  };
}
