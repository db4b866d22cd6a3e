import { AddressError, assertNoCredentials, assertNoFragment, assertSecure, parseAddress } from './addresses.ts';

/**
 * Checks an origin that receives credentials: scheme, host and port, exactly as browsers serialize them; https except on loopback.
 * @throws AddressError whose message says what to write instead
 */
export function parseOrigin(text: string): string {
  const url = parseAddress(text, 'an origin');
  if (url.origin !== text) {
    throw new AddressError(
      'not_exact',
      `"${text}" is not an origin as browsers send it. Use "${url.origin}".`,
      url.origin,
    );
  }
  assertSecure(url, text);
  return text;
}

/** What is no character of a URI (RFC 3986): browsers encode it, so a URI with it equals none that they send. */
export const NOT_OF_URIS = /[^\w\-.~:/?#[\]@!$&'()*+,;=%]/;

/**
 * Checks a redirect URI: absolute, https except on loopback, no fragment (RFC 6749 section 3.1.2), and as browsers write it.
 * @throws AddressError
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
  if (NOT_OF_URIS.test(text) && url.href !== text) {
    throw new AddressError('not_exact', `"${text}" is not written as browsers send it. Use "${url.href}".`, url.href);
  }
  return text;
}

/**
 * Checks a vendor's own endpoint, to which the platform sends new users: absolute, https except on loopback.
 * @throws AddressError
 */
export function parseSignupEndpoint(text: string): string {
  const url = parseAddress(text, 'a sign-up endpoint');
  assertNoFragment(text, 'is never sent');
  assertNoCredentials(url, text, ' Use the API key instead.');
  assertSecure(url, text);
  return text;
}

/**
 * Checks the address of a vendor's backend that is told when sessions end (OpenID Connect Back-Channel Logout 1.0 section 2.2).
 * @throws AddressError
 */
export function parseBackchannelLogoutUri(text: string): string {
  const url = parseAddress(text, 'the address of a backend');
  assertNoFragment(text, 'is never sent');
  assertNoCredentials(url, text);
  assertSecure(url, text);
  return text;
}

/**
 * Checks the address of a page for people, such as a privacy policy: absolute, https except on loopback.
 * @throws AddressError
 */
export function parseWebPage(text: string): string {
  const url = parseAddress(text, 'the address of a page');
  assertNoCredentials(url, text);
  assertSecure(url, text);
  return text;
}
