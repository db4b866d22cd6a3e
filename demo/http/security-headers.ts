/**
 * The headers of every response. There is no Cross-Origin-Opener-Policy, because `same-origin` would cut the popup off from the page that
 * waits for its answer.
 *
 * @param platformOrigin serves the widget's script, the platform's keys and people's pictures
 */
export function securityHeaders(platformOrigin: string, { secure }: { secure: boolean }): Record<string, string> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      `script-src 'self' ${platformOrigin}`,
      "style-src 'self'",
      `img-src 'self' ${platformOrigin}`,
      `connect-src ${platformOrigin}`,
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
    'cross-origin-resource-policy': 'same-origin',
    ...(secure && { 'strict-transport-security': 'max-age=31536000' }),
  };
}
