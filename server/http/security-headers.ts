import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';

export interface SecurityHeaderOptions {
  /** The header that keeps browsers on https; undefined where it is not sent. */
  readonly strictTransportSecurity?: string | undefined;
}

/**
 * Sets the security headers of every response, errors and the engine's responses included, so that nothing can be framed, sniffed or
 * leaked by a Referer. They are set on the raw response, because the engine writes to it directly. A page may set its own policy.
 */
export function addSecurityHeaders(app: FastifyInstance, options: SecurityHeaderOptions): void {
  app.addHook('onRequest', (_request, reply, done) => {
    setSecurityHeaders(reply.raw, options);
    done();
  });
}

export function setSecurityHeaders(raw: ServerResponse, options: SecurityHeaderOptions): void {
  raw.setHeader(
    'content-security-policy',
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  raw.setHeader('x-frame-options', 'DENY');
  raw.setHeader('x-content-type-options', 'nosniff');
  // Not `no-referrer`, because then browsers send `Origin: null` with our own forms, and the CSRF check could not recognize them.
  raw.setHeader('referrer-policy', 'same-origin');
  // Any other value would sever the popup from the page that opened it. Pages that open nothing choose another (severOpener).
  raw.setHeader('cross-origin-opener-policy', 'unsafe-none');
  // What is for other sites says so itself: the widget, keys, pictures.
  raw.setHeader('cross-origin-resource-policy', 'same-origin');
  raw.setHeader('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=()');
  const { strictTransportSecurity } = options;
  if (strictTransportSecurity) raw.setHeader('strict-transport-security', strictTransportSecurity);
}

/** For pages that neither open nor answer a window of another site: whoever opens them gets no hold of their window. */
export function severOpener(raw: ServerResponse): void {
  raw.setHeader('cross-origin-opener-policy', 'same-origin');
}
