import { isLoopback } from '../../outbound/public-address.ts';

/** What is wrong with an address that a vendor registers. */
export type AddressProblem =
  | 'not_a_url'
  /** Browsers write it in another way: the remedy tells how. */
  | 'not_exact'
  | 'wildcard'
  | 'not_https'
  | 'fragment'
  | 'credentials'
  | 'names_no_page'
  | 'too_long'
  /** Of an environment whose people are real. */
  | 'loopback'
  | 'ip_address'
  /** Of the platform, or of nobody. */
  | 'private_network';

/** Refuses an address, in English for developers, and by a code for pages in other languages. */
export class AddressError extends TypeError {
  override name = 'AddressError';
  readonly problem: AddressProblem;
  /** What to write instead, where that is known. */
  readonly remedy: string | undefined;

  constructor(problem: AddressProblem, message: string, remedy?: string) {
    super(message);
    this.problem = problem;
    this.remedy = remedy;
  }
}

/** As the URL parser writes them: every other way of writing an IPv4 address becomes this one. */
const IP_ADDRESS = /^(\d+(\.\d+){3}|\[[\da-f:.]+\])$/;
const MAX_LENGTH = 1_000;

/** @param what for the message, with its article. @throws AddressError */
export function parseAddress(text: string, what: string): URL {
  if (text.length > MAX_LENGTH) throw new AddressError('too_long', `${what} has at most ${MAX_LENGTH} characters.`);
  if (!URL.canParse(text)) {
    throw new AddressError('not_a_url', `"${text}" is not ${what}. Write it like https://shop.example.com.`);
  }
  const url = new URL(text);
  // A browser has no such host; whoever writes one means a pattern, and there are none here.
  if (url.hostname.includes('*')) {
    throw new AddressError('wildcard', `"${text}" has a wildcard. Register each one exactly.`);
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new AddressError('not_https', `"${text}" must begin with https://.`);
  }
  return url;
}

/** @throws AddressError for http, unless it stays on the machine */
export function assertSecure(url: URL, text: string): void {
  if (url.protocol === 'http:' && !isLoopback(url)) {
    throw new AddressError('not_https', `"${text}" must begin with https://; http is for localhost only.`);
  }
}

/** @throws AddressError */
export function assertNoCredentials(url: URL, text: string, hint = ''): void {
  if (url.username || url.password) throw new AddressError('credentials', `"${text}" has credentials in it.${hint}`);
}

/** @param because follows "has a fragment, which". @throws AddressError */
export function assertNoFragment(text: string, because: string): void {
  if (text.includes('#')) throw new AddressError('fragment', `"${text}" has a fragment, which ${because}.`);
}

/**
 * Holds an address to what real people need: a name that the public knows, over https. Nobody else's machine is behind localhost, and
 * an IP address belongs to whoever rents it next.
 * @param text checked otherwise. @throws AddressError
 */
export function assertPublic(text: string): void {
  const url = new URL(text);
  if (isLoopback(url)) {
    throw new AddressError('loopback', `"${text}" is on your own machine: production needs an address of the web.`);
  }
  if (IP_ADDRESS.test(url.hostname)) {
    throw new AddressError('ip_address', `"${text}" has an IP address: production needs a host name.`);
  }
  assertSecure(url, text);
}
