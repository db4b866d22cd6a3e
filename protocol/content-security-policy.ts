/** One policy (CSP Level 3 section 2.2): directives by name, each with its sources as they were written. */
export type ContentSecurityPolicy = ReadonlyMap<string, readonly string[]>;

export interface Directive {
  name: string;
  sources: readonly string[];
}

/**
 * Whether a policy lets a tag of the page load a script from another origin. `needs_nonce`: only scripts that have its nonce, or come from
 * an allowed address, run. `needs_trust`: because of 'strict-dynamic', allowing an address has no effect.
 */
export type ScriptVerdict = 'allowed' | 'blocked' | 'needs_nonce' | 'needs_trust';

/** Reads header values (or the `content` of meta elements), each of which may hold several policies (section 2.2.2). */
export function parsePolicies(values: readonly string[]): ContentSecurityPolicy[] {
  return values
    .flatMap((value) => value.split(','))
    .map(parsePolicy)
    .filter((policy) => policy.size > 0);
}

function parsePolicy(text: string): ContentSecurityPolicy {
  const directives = new Map<string, readonly string[]>();
  for (const part of text.split(';')) {
    const [name = '', ...sources] = part.split(/[\t\n\f\r ]+/).filter(Boolean);
    // Of two directives with the same name, the first one is used.
    if (name && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), sources);
  }
  return directives;
}

/** The first directive that the policy has, in the order of the fallback list (section 6.8.3). */
export function directiveOf(policy: ContentSecurityPolicy, ...names: readonly string[]): Directive | undefined {
  for (const name of names) {
    const sources = policy.get(name);
    if (sources) return { name, sources };
  }
  return undefined;
}

/** The directive that decides whether a script element may load. */
export function scriptDirective(policy: ContentSecurityPolicy): Directive | undefined {
  return directiveOf(policy, 'script-src-elem', 'script-src', 'default-src');
}

/** The directive that decides whether `fetch` may be called. */
export function connectDirective(policy: ContentSecurityPolicy): Directive | undefined {
  return directiveOf(policy, 'connect-src', 'default-src');
}

/** @param nonce of the tag. @param page whose policy it is */
export function scriptVerdict(
  { sources }: Pick<Directive, 'sources'>,
  script: string,
  page: string,
  nonce?: string,
): ScriptVerdict {
  if (nonce && sources.includes(`'nonce-${nonce}'`)) return 'allowed';
  const keywords = sources.map((source) => source.toLowerCase());
  if (keywords.includes("'strict-dynamic'")) return 'needs_trust';
  if (matchesAny(sources, script, page)) return 'allowed';
  return keywords.some((source) => source.startsWith("'nonce-")) ? 'needs_nonce' : 'blocked';
}

/** Whether a source list matches an address (section 6.7.2.6). Nonces, hashes and all keywords except 'self' match no address. */
export function matchesAny(sources: readonly string[], address: string, page: string): boolean {
  return sources.some((source) => matchesSource(source, new URL(address), new URL(page)));
}

const SCHEME_SOURCE = /^([a-z][a-z\d+.-]*):$/i;
const HOST_SOURCE =
  /^(?:([a-z][a-z\d+.-]*):\/\/)?(\*|(?:\*\.)?[a-z\d_-]+(?:\.[a-z\d_-]+)*\.?)(?::(\d+|\*))?(\/[^?#]*)?$/i;
const DEFAULT_PORTS: Readonly<Record<string, string>> = { http: '80', https: '443', ws: '80', wss: '443' };

function matchesSource(source: string, url: URL, page: URL): boolean {
  if (source === '*') return /^(https?|wss?)$/.test(schemeOf(url)) || url.protocol === page.protocol;
  if (source.toLowerCase() === "'self'") return isSelf(url, page);
  const schemeOnly = SCHEME_SOURCE.exec(source)?.[1];
  if (schemeOnly) return matchesScheme(schemeOnly.toLowerCase(), schemeOf(url));
  const parts = HOST_SOURCE.exec(source);
  if (!parts) return false;
  const [, scheme = schemeOf(page), host = '', port, path] = parts;
  return (
    matchesScheme(scheme.toLowerCase(), schemeOf(url)) &&
    matchesHost(host.toLowerCase(), url.hostname) &&
    matchesPort(port, url) &&
    matchesPath(path, url.pathname)
  );
}

function schemeOf({ protocol }: URL): string {
  return protocol.slice(0, -1);
}

/** A source that allows http also allows https (section 6.7.2.8). */
function matchesScheme(allowed: string, scheme: string): boolean {
  if (allowed === scheme) return true;
  if (allowed === 'http') return scheme === 'https';
  if (allowed === 'ws') return ['wss', 'http', 'https'].includes(scheme);
  return allowed === 'wss' && scheme === 'https';
}

/** `*.example.com` matches every name below `example.com`, but not that name itself. */
function matchesHost(pattern: string, host: string): boolean {
  if (pattern === '*') return true;
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) && host !== pattern.slice(2) : host === pattern;
}

function matchesPort(allowed: string | undefined, url: URL): boolean {
  const standard = DEFAULT_PORTS[schemeOf(url)];
  const port = url.port || standard;
  if (allowed === undefined) return port === standard;
  return allowed === '*' || allowed === port || (allowed === '80' && port === '443');
}

/** A path that ends with a slash matches everything below it; any other path matches one file. */
function matchesPath(allowed: string | undefined, path: string): boolean {
  if (!allowed) return true;
  const [wanted, given] = [decode(allowed), decode(path)];
  return wanted.endsWith('/') ? given.startsWith(wanted) : given === wanted;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function isSelf(url: URL, page: URL): boolean {
  if (url.origin === page.origin) return true;
  const isUpgrade = page.protocol === 'http:' && url.protocol === 'https:';
  return isUpgrade && url.hostname === page.hostname && url.port === '' && page.port === '';
}
