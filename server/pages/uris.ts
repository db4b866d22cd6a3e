import { isWebHost } from '../../process/web-host.ts';

/** Whether `value` is an `http:` or `https:` origin as the browser serialises it: never `*`, `null`, or one with a path. */
export function isWebOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, origin } = new URL(value);
  return /^https?:$/.test(protocol) && isWebHost(hostname) && origin === value;
}

/** `value` if a link may point to it: an absolute `http:` or `https:` URL, and no `javascript:`. */
export function linkUri(value: string | undefined): string | undefined {
  if (value === undefined || !URL.canParse(value)) return undefined;
  return /^https?:$/.test(new URL(value).protocol) ? value : undefined;
}

/** A scheme that a native app has given itself: two names at least, as in `com.example.app:`. None that a browser knows has a dot. */
const PRIVATE_USE_SCHEME = /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+:$/;

/** `value` if a link may lead there: as {@link linkUri}, or to a native app of the device. */
export function appUri(value: string | undefined): string | undefined {
  if (value === undefined || !URL.canParse(value)) return undefined;
  return PRIVATE_USE_SCHEME.test(new URL(value).protocol) ? value : linkUri(value);
}

/** What people are shown of an address that may be a native app's: the origin, or the scheme. */
export function originOrScheme(address: string): string {
  const { protocol, origin } = new URL(address);
  return PRIVATE_USE_SCHEME.test(protocol) ? protocol : origin;
}

/**
 * The source of a Content-Security-Policy's `form-action` that covers an address. Its grammar has no IPv6 address, such as the loopback's
 * (CSP3, host-source): browsers ignore one, and nothing is sent.
 */
export function formTargetOf(address: string): string {
  const source = originOrScheme(address);
  return source.includes('//[') ? new URL(source).protocol : source;
}

export function isFormTarget(source: string): boolean {
  return /^https?:$/.test(source) || PRIVATE_USE_SCHEME.test(source) || isWebOrigin(source);
}

export interface ImageSource {
  src: string;
  /** The origin to allow in `img-src`; undefined for `data:`. */
  origin?: string;
}

/**
 * `value` if it may be shown as an image: `https:`, a bitmap as `data:`, or `http:` from the developer's own machine. Anything else
 * would be blocked by the browser or tell the network what is being looked at.
 */
export function imageSource(value: string | undefined): ImageSource | undefined {
  if (value === undefined || !URL.canParse(value)) return undefined;
  if (/^data:image\/(png|jpeg|gif|webp|avif);base64,/i.test(value)) return { src: value };
  const { protocol, hostname, origin } = new URL(value);
  const isLocal = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
  if (protocol !== 'https:' && !(protocol === 'http:' && isLocal)) return undefined;
  return isWebOrigin(origin) ? { src: value, origin } : undefined;
}
