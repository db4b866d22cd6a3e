import { isLoopbackHost } from '../../../process/loopback.ts';
import { AddressError, assertHost, assertNoCredentials, assertNoFragment } from './addresses.ts';
import { NOT_OF_URIS, parseRedirectUri } from './origins.ts';

/**
 * `http` to a program on the person's own device, and where in it. A port is no part of what is registered, because the program takes whichever is
 * free when it starts (RFC 8252 section 7.3). `localhost` is allowed beside the two addresses, although a resolver could lead it
 * elsewhere (section 8.3), because many libraries know no other; the code that arrives there is useless without its verifier.
 */
const ON_LOOPBACK = /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(?::\d{1,5})?(\/.*)?$/;

interface OnLoopback {
  host: string | undefined;
  path: string | undefined;
}

function onLoopback(uri: string): OnLoopback | undefined {
  const [matched, host, path] = ON_LOOPBACK.exec(uri) ?? [];
  return matched !== undefined && URL.canParse(uri) ? { host, path } : undefined;
}

/** Compares exactly, but for the port on loopback. @param registered redirect URIs of a native app */
export function isNativeRedirectUri(registered: readonly string[], uri: string): boolean {
  if (registered.includes(uri)) return true;
  const asked = onLoopback(uri);
  if (!asked) return false;
  return registered.some((one) => {
    const known = onLoopback(one);
    return known !== undefined && known.host === asked.host && known.path === asked.path;
  });
}

/**
 * Checks a redirect URI of a native app (RFC 8252 section 7): a scheme of its own in reverse-domain form, http on loopback, or https at a
 * host that the vendor has. @throws AddressError
 */
export function parseNativeRedirectUri(text: string): string {
  const [scheme = ''] = text.split(':', 1);
  if (/^https$/i.test(scheme)) return parseClaimed(text);
  if (/^http$/i.test(scheme)) return parseOnLoopback(text);
  return parsePrivateUse(text, scheme);
}

function parseClaimed(text: string): string {
  const uri = parseRedirectUri(text);
  if (isLoopbackHost(new URL(uri).hostname))
    throw new AddressError('loopback', `"${text}" is on loopback: a native app uses http there.`);
  return uri;
}

function parseOnLoopback(text: string): string {
  assertNoFragment(text, 'a redirect URI must not have');
  if (!onLoopback(text)) {
    throw new AddressError('not_https', `"${text}": a native app uses http with 127.0.0.1, [::1] or localhost only.`);
  }
  assertWritten(text);
  return text;
}

const LABEL = /^[a-z\d-]+$/;

/** Two names at least, so that the scheme is of somebody's domain: `com.example.app`. One word may be anybody's, as `javascript` is. */
function isReverseDomain(scheme: string): boolean {
  const labels = scheme.split('.');
  const isLabel = (label: string) => LABEL.test(label) && !label.startsWith('-') && !label.endsWith('-');
  return labels.length > 1 && /^[a-z]/.test(scheme) && labels.every(isLabel);
}

function parsePrivateUse(text: string, scheme: string): string {
  if (!isReverseDomain(scheme) || !text.startsWith(`${scheme}:/`)) {
    const example = 'com.example.app:/callback';
    throw new AddressError(
      'not_private_use',
      `"${text}": write a scheme that is your domain reversed, in small letters, like ${example}.`,
    );
  }
  assertNoFragment(text, 'a redirect URI must not have');
  if (!URL.canParse(text)) throw new AddressError('not_a_url', `"${text}" is not a redirect URI.`);
  if (text.includes('*'))
    throw new AddressError('wildcard', `"${text}" has a wildcard. Register each address exactly.`);
  const url = new URL(text);
  assertNoCredentials(url, text);
  // Only a scheme of the web has its host in small letters, and needs one.
  if (url.hostname !== '') assertHost(url.hostname.toLowerCase(), text);
  assertWritten(text);
  return text;
}

function assertWritten(text: string): void {
  const { href } = new URL(text);
  if (NOT_OF_URIS.test(text) || (href !== text && href !== `${text}/`))
    throw new AddressError('not_exact', `"${text}" is not written as browsers send it. Use "${href}".`, href);
}
