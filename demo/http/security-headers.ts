/**
 * Headers of every response. No Cross-Origin-Opener-Policy: any value but `unsafe-none` would cut the popup off from the page
 * that waits for its answer.
 *
 * @param platformOrigin Where the widget's script comes from, fetches its keys, and may load a picture.
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
