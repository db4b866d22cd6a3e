import { isWebOrigin } from './uris.ts';

export interface PolicySources {
  /** Hashes of the inline style and scripts. */
  styles: readonly string[];
  scripts: readonly string[];
  /** Where images come from besides this origin and `data:`. */
  imageOrigins: readonly string[];
  /** Where forms may end besides this origin: `form-action` governs redirects too. */
  formOrigins: readonly string[];
}

/**
 * The Content-Security-Policy of a popup page: nothing loads, runs, frames or posts but what is named here.
 *
 * @throws TypeError for an origin that is none, which could otherwise smuggle in a directive
 */
export function contentSecurityPolicy(sources: PolicySources): string {
  for (const origin of [...sources.imageOrigins, ...sources.formOrigins]) {
    if (!isWebOrigin(origin)) throw new TypeError(`not an origin: ${JSON.stringify(origin)}`);
  }
  return [
    "default-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "connect-src 'none'",
    directive('form-action', ["'self'", ...sources.formOrigins]),
    directive('img-src', ["'self'", 'data:', ...sources.imageOrigins]),
    directive('style-src', sources.styles),
    directive('script-src', sources.scripts),
  ].join('; ');
}

function directive(name: string, values: readonly string[]): string {
  return `${name} ${values.length > 0 ? [...new Set(values)].join(' ') : "'none'"}`;
}
