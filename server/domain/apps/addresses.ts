import { isLoopbackHost } from '../../../process/loopback.ts';
import { isWebHost } from '../../../process/web-host.ts';

/** The problem with an address that a vendor registers. */
export type AddressProblem =
  | 'not_a_url'
  /** Browsers serialize it differently. The remedy is their form. */
  | 'not_exact'
  | 'wildcard'
  /** Its host has a character that no name has. */
  | 'not_a_host'
  | 'not_https'
  /** Of a native app: no scheme of its own in reverse-domain form. */
  | 'not_private_use'
  | 'fragment'
  | 'credentials'
  | 'names_no_page'
  /** The platform's own. */
  | 'platform'
  | 'too_long'
  /** Not allowed in production, where people are real. */
  | 'loopback'
  | 'ip_address';

/** Thrown for an invalid address. The message is for developers; pages translate the code. */
export class AddressError extends TypeError {
  override name = 'AddressError';
  readonly problem: AddressProblem;
  /** The corrected address, where it is known. */
  readonly remedy: string | undefined;

  constructor(problem: AddressProblem, message: string, remedy?: string) {
    super(message);
    this.problem = problem;
    this.remedy = remedy;
  }
}

/** IP addresses as the URL parser serializes them. It turns every notation of IPv4 into this one. */
const IP_ADDRESS = /^(\d+(\.\d+){3}|\[[\da-f:.]+\])$/;
const MAX_LENGTH = 1_000;

/** @param what the kind of address with its article, for the message. @throws AddressError */
export function parseAddress(text: string, what: string): URL {
  if (text.length > MAX_LENGTH)
    throw new AddressError('too_long', `${what} may have at most ${MAX_LENGTH} characters.`);
  if (!URL.canParse(text)) {
    throw new AddressError('not_a_url', `"${text}" is not ${what}. Write it like https://shop.example.com.`);
  }
  const url = new URL(text);
  // No host contains `*`, so the vendor means a pattern, which we do not support.
  if (url.hostname.includes('*')) {
    throw new AddressError('wildcard', `"${text}" has a wildcard. Register each address exactly.`);
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new AddressError('not_https', `"${text}" must begin with https://.`);
  }
  assertHost(url.hostname, text);
  return url;
}

/**
 * Addresses are printed in programs and commands that other people paste, so that a host must not be able to say anything there.
 * @throws AddressError
 */
export function assertHost(hostname: string, text: string): void {
  if (!isWebHost(hostname)) {
    throw new AddressError(
      'not_a_host',
      `"${text}" has a host that no name is: only letters, digits, hyphens, underscores and dots may be in one.`,
    );
  }
}

/** @throws AddressError for http, except on loopback */
export function assertSecure(url: URL, text: string): void {
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    throw new AddressError('not_https', `"${text}" must begin with https://; http is for localhost only.`);
  }
}

/** @throws AddressError */
export function assertNoCredentials(url: URL, text: string, hint = ''): void {
  if (url.username || url.password)
    throw new AddressError('credentials', `"${text}" contains a user name or password.${hint}`);
}

/**
 * Whether an address is the platform's own. What a link, a form or a redirect of ours leads there for, the browser calls `same-origin`, so an
 * app that chose such an address would speak with the platform's voice: people would pass without a question (engine/asker.ts).
 * @param publicUrl of the platform
 */
export function isOfPlatform(text: string, publicUrl: string): boolean {
  return URL.canParse(text) && new URL(text).origin === publicUrl;
}

/** @throws AddressError */
export function assertNotOfPlatform(text: string, publicUrl: string): void {
  if (isOfPlatform(text, publicUrl))
    throw new AddressError('platform', `"${text}" is the platform's own. Use an address of yours.`);
}

/** @param because follows "has a fragment, which". @throws AddressError */
export function assertNoFragment(text: string, because: string): void {
  if (text.includes('#')) throw new AddressError('fragment', `"${text}" has a fragment, which ${because}.`);
}

/**
 * Checks that an address works for real people: a public host name, over https. Loopback is refused because it is each person's own
 * machine, and an IP address because it may belong to somebody else tomorrow.
 * @param text an address that has passed its other checks. @throws AddressError
 */
export function assertPublic(text: string): void {
  const url = new URL(text);
  if (isLoopbackHost(url.hostname)) {
    throw new AddressError('loopback', `"${text}" is on your own machine: production needs a public address.`);
  }
  if (IP_ADDRESS.test(url.hostname)) {
    throw new AddressError('ip_address', `"${text}" has an IP address: production needs a host name.`);
  }
  assertSecure(url, text);
}
