import { isFormTarget, isWebOrigin } from './uris.ts';

export interface PolicySources {
  /** Hashes of the inline style and scripts. */
  styles: readonly string[];
  scripts: readonly string[];
  /** Where images come from besides this origin and `data:`. */
  imageOrigins: readonly string[];
  /** Where forms may end besides this origin, as origins or schemes: `form-action` governs redirects too. */
  formOrigins: readonly string[];
  /** Whether forms may end anywhere, because the page cannot look up where. Only for a page without markup of others. */
  formsAnywhere?: boolean;
  /** Whether scripts may talk to this origin. Default: to nobody. */
  connectSelf?: boolean;
}

/** Redirect URIs are https, or on loopback. */
const ANY_REDIRECT_URI = ['https:', 'http://localhost:*', 'http://127.0.0.1:*'];

/**
 * The Content-Security-Policy of a page: nothing loads, runs, frames or posts but what is named here. What is not a web origin is
 * left out, since it could smuggle in a directive of its own.
 */
export function contentSecurityPolicy(sources: PolicySources): string {
  return [
    "default-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    directive('connect-src', sources.connectSelf ? ["'self'"] : []),
    directive('form-action', [
      "'self'",
      ...sources.formOrigins.filter(isFormTarget),
      ...(sources.formsAnywhere ? ANY_REDIRECT_URI : []),
    ]),
    directive('img-src', ["'self'", 'data:', ...sources.imageOrigins.filter(isWebOrigin)]),
    directive('style-src', sources.styles),
    directive('script-src', sources.scripts),
  ].join('; ');
}

function directive(name: string, values: readonly string[]): string {
  return `${name} ${values.length > 0 ? [...new Set(values)].join(' ') : "'none'"}`;
}
