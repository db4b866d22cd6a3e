import { formTargetOf, isFormTarget, isWebOrigin } from './uris.ts';

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
  /** The only address that forms post to, in place of this origin and the others. */
  formAddress?: string | undefined;
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
    directive('form-action', formTargets(sources)),
    directive('img-src', ["'self'", 'data:', ...sources.imageOrigins.filter(isWebOrigin)]),
    directive('style-src', sources.styles),
    directive('script-src', sources.scripts),
  ].join('; ');
}

function formTargets({ formAddress, formOrigins, formsAnywhere }: PolicySources): string[] {
  if (formAddress !== undefined) return [addressSource(formAddress)];
  return ["'self'", ...formOrigins.map(formSource).filter(isFormTarget), ...(formsAnywhere ? ANY_REDIRECT_URI : [])];
}

/**
 * One address as a source: its query is no part of one, and `;` and `,` would end it (CSP 3 section 2.3.1).
 * @throws TypeError for what is no web address
 */
function addressSource(address: string): string {
  const { protocol, origin, pathname } = new URL(address);
  if (!/^https?:$/.test(protocol)) throw new TypeError(`not an address that a page may post to: ${address}`);
  const source = formTargetOf(origin);
  return source === origin ? origin + pathname.replaceAll(';', '%3B').replaceAll(',', '%2C') : source;
}

const formSource = (target: string) => (isWebOrigin(target) ? formTargetOf(target) : target);

function directive(name: string, values: readonly string[]): string {
  return `${name} ${values.length > 0 ? [...new Set(values)].join(' ') : "'none'"}`;
}
