/** Loopback hosts, where http is as private as https (W3C Secure Contexts section 3.1). */
const LOOPBACK_HOST = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * Checks an origin that is to receive credentials: scheme, host and port, exactly as browsers write it, https unless loopback.
 * @throws TypeError saying what to write instead
 */
export function parseOrigin(text: string): string {
  const url = parseUrl(text, 'an origin');
  if (url.origin !== text) {
    throw new TypeError(`"${text}" is not an origin as browsers write it. Use "${url.origin}".`);
  }
  assertSecure(url, text);
  return text;
}

/**
 * Checks a redirect URI: absolute, https unless loopback, no fragment (RFC 6749 section 3.1.2).
 * @throws TypeError saying what is wrong
 */
export function parseRedirectUri(text: string): string {
  const url = parseUrl(text, 'a redirect URI');
  if (text.includes('#')) throw new TypeError(`"${text}" has a fragment, which a redirect URI must not have.`);
  if (url.username || url.password) throw new TypeError(`"${text}" has credentials in it.`);
  if (url.origin === text)
    throw new TypeError(`"${text}" is an origin; a redirect URI names a page, e.g. "${text}/callback".`);
  assertSecure(url, text);
  return text;
}

/**
 * Checks a vendor's own endpoint, to which the platform sends new users: absolute, https unless loopback.
 * @throws TypeError saying what is wrong
 */
export function parseSignupEndpoint(text: string): string {
  const url = parseUrl(text, 'a sign-up endpoint');
  if (text.includes('#')) throw new TypeError(`"${text}" has a fragment, which is never sent.`);
  if (url.username || url.password) throw new TypeError(`"${text}" has credentials in it. The key is for that.`);
  assertSecure(url, text);
  return text;
}

function parseUrl(text: string, what: string): URL {
  if (!URL.canParse(text)) throw new TypeError(`"${text}" is not ${what}. Write it like https://shop.example.com.`);
  const url = new URL(text);
  // A browser has no such host; whoever writes one means a pattern, and there are none here.
  if (url.hostname.includes('*')) throw new TypeError(`"${text}" has a wildcard. Register each one exactly.`);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new TypeError(`"${text}" must begin with https://.`);
  return url;
}

function assertSecure(url: URL, text: string): void {
  if (url.protocol === 'http:' && !LOOPBACK_HOST.test(url.hostname)) {
    throw new TypeError(`"${text}" must begin with https://; http is for localhost only.`);
  }
}
