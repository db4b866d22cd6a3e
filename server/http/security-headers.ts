import type { FastifyInstance, FastifyReply } from 'fastify';

export interface SecurityHeaderOptions {
  /** The header that keeps browsers on https; undefined where it is not sent. */
  readonly strictTransportSecurity?: string | undefined;
}

/**
 * Sets the security headers of every response, errors included, so that nothing can be framed, sniffed or leaked by a Referer. A page may
 * set its own policy. They are set on the reply, because Node writes headers in one pass if none is on the raw response. Whoever writes to
 * that directly, such as the engine, has to take them over.
 */
export function addSecurityHeaders(app: FastifyInstance, options: SecurityHeaderOptions): void {
  const headers = securityHeaders(options);
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
}

export function securityHeaders({ strictTransportSecurity }: SecurityHeaderOptions): Readonly<Record<string, string>> {
  return {
    'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
    // Not `no-referrer`, because then browsers send `Origin: null` with our own forms, and the CSRF check could not recognize them.
    'referrer-policy': 'same-origin',
    // Any other value would sever the popup from the page that opened it. Pages that open nothing choose another (severOpener).
    'cross-origin-opener-policy': 'unsafe-none',
    // What is for other sites says so itself: the widget, keys, pictures.
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
    ...(strictTransportSecurity && { 'strict-transport-security': strictTransportSecurity }),
  };
}

/** For pages that neither open nor answer a window of another site: whoever opens them gets no hold of their window. */
export function severOpener(reply: FastifyReply): void {
  reply.header('cross-origin-opener-policy', 'same-origin');
}
