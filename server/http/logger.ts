import type { FastifyServerOptions } from 'fastify';

/**
 * Logs as JSON, one line a request and its answer, each with the request id. Query strings and bodies stay out, as do cookies and
 * credentials: what is never written cannot leak (invariant 10).
 */
export function loggerOptions(level: string): NonNullable<FastifyServerOptions['logger']> {
  if (level === 'silent') return false;
  return {
    level,
    redact: {
      // Whole: which header holds a secret is known of our own only.
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
