import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RealmContext } from './realm-context.ts';

type Keeper = Pick<RealmContext, 'issuer' | 'realm'>;

const BYTES = 16;

/** What a request brought or was given. A second call for the same request finds it here. */
const known = new WeakMap<IncomingMessage, Map<string, string>>();

/**
 * A random value by which a realm knows a browser again, whoever is signed in. What begins in a browser ends there: interactions and the forms
 * of people who are not signed in are bound to it. `__Host-` keeps other hosts of the same site from setting it (RFC 6265bis section
 * 4.1.3.2), which is why no cookie without that prefix decides whose interaction it is. On http, as on loopback, browsers refuse the prefix.
 */
export function browserCookieName({ realm, issuer }: Keeper): string {
  return `${issuer.startsWith('https:') ? '__Host-' : ''}${realm}-browser`;
}

/** The value of a request's browser; undefined without a cookie of ours. */
export function browserOf(keeper: Keeper, request: IncomingMessage): string | undefined {
  const name = browserCookieName(keeper);
  const value = known.get(request)?.get(name) ?? cookieOf(request.headers.cookie, name);
  return value !== undefined && /^[\w-]{22}$/.test(value) ? value : undefined;
}

/** The same; a browser that is new gets a cookie, which it keeps until it is closed. */
export function ensureBrowser(keeper: Keeper, request: IncomingMessage, response: ServerResponse): string {
  const value = browserOf(keeper, request);
  if (value !== undefined) return value;
  const name = browserCookieName(keeper);
  const fresh = randomBytes(BYTES).toString('base64url');
  known.set(request, new Map([...(known.get(request) ?? []), [name, fresh]]));
  const secure = keeper.issuer.startsWith('https:') ? '; Secure' : '';
  response.appendHeader('set-cookie', `${name}=${fresh}; Path=/; HttpOnly; SameSite=Lax${secure}`);
  return fresh;
}

/** For storage, where the value itself would be a secret. */
export function hashOfBrowser(value: string): string {
  return createHash('sha256').update(value).digest('base64url');
}

/** The value of a cookie in a Cookie header. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  const pair = header?.split(/; */).find((text) => text.startsWith(`${name}=`));
  return pair?.slice(name.length + 1);
}

/**
 * Removes from a Cookie header each name that comes more than once. Browsers send both cookies when another host or path of the site has set
 * one of the same name, and do not say which is which, so that neither is believed.
 */
export function withoutDuplicates(header: string): string {
  const pairs = header.split(/; */).filter(Boolean);
  const nameOf = (pair: string) => pair.split('=', 1)[0]?.trim();
  const counts = new Map<string | undefined, number>();
  for (const pair of pairs) counts.set(nameOf(pair), (counts.get(nameOf(pair)) ?? 0) + 1);
  return pairs.filter((pair) => counts.get(nameOf(pair)) === 1).join('; ');
}
