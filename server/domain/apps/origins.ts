import { AddressError, assertNoCredentials, assertNoFragment, assertSecure, parseAddress } from './addresses.ts';

/**
 * Checks an origin that is to receive credentials: scheme, host and port, exactly as browsers write it, https unless loopback.
 * @throws AddressError saying what to write instead
 */
export function parseOrigin(text: string): string {
  const url = parseAddress(text, 'an origin');
  if (url.origin !== text) {
    throw new AddressError(
      'not_exact',
      `"${text}" is not an origin as browsers write it. Use "${url.origin}".`,
      url.origin,
    );
  }
  assertSecure(url, text);
  return text;
}

/**
 * Checks a redirect URI: absolute, https unless loopback, no fragment (RFC 6749 section 3.1.2).
 * @throws AddressError saying what is wrong
 */
export function parseRedirectUri(text: string): string {
  const url = parseAddress(text, 'a redirect URI');
  assertNoFragment(text, 'a redirect URI must not have');
  assertNoCredentials(url, text);
  if (url.origin === text) {
    throw new AddressError(
      'names_no_page',
      `"${text}" is an origin; a redirect URI names a page, e.g. "${text}/callback".`,
      `${text}/callback`,
    );
  }
  assertSecure(url, text);
  return text;
}

/**
 * Checks a vendor's own endpoint, to which the platform sends new users: absolute, https unless loopback.
 * @throws AddressError saying what is wrong
 */
export function parseSignupEndpoint(text: string): string {
  const url = parseAddress(text, 'a sign-up endpoint');
  assertNoFragment(text, 'is never sent');
  assertNoCredentials(url, text, ' The key is for that.');
  assertSecure(url, text);
  return text;
}

/**
 * Checks a page that people are led to, such as a privacy policy: absolute, https unless loopback.
 * @throws AddressError saying what is wrong
 */
export function parseWebPage(text: string): string {
  const url = parseAddress(text, 'the address of a page');
  assertNoCredentials(url, text);
  assertSecure(url, text);
  return text;
}
