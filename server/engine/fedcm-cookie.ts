import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RealmContext } from '../http/realm-context.ts';

/**
 * Browsers send FedCM's requests with SameSite=None cookies alone, and the session's own is SameSite=Lax. So a second cookie goes with it,
 * which names the session by its public handle, signed: it opens nothing but the endpoints of FedCM, which only the browser itself can call
 * (web-identity-request.ts), and is worth nothing once the session is over.
 */
type Keeper = Pick<RealmContext, 'issuer' | 'realm' | 'cookieKey'>;

export function fedcmCookieName({ issuer, realm }: Pick<Keeper, 'issuer' | 'realm'>): string {
  return `${issuer.startsWith('https:') ? '__Host-' : ''}${realm}-fedcm`;
}

function sign({ cookieKey }: Keeper, uid: string): string {
  return createHmac('sha256', cookieKey).update(`fedcm\n${uid}`).digest('base64url');
}

/** A Set-Cookie header. @param uid the session's handle; undefined takes the cookie away */
export function fedcmCookie(keeper: Keeper, uid: string | undefined, lifetimeSeconds = 0): string {
  const value = uid === undefined ? '' : `${uid}.${sign(keeper, uid)}`;
  const expires = new Date(uid === undefined ? 0 : Date.now() + lifetimeSeconds * 1000).toUTCString();
  return `${fedcmCookieName(keeper)}=${value}; Path=/; Expires=${expires}; HttpOnly; Secure; SameSite=None`;
}

/** The handle of the session that a request's cookie names; undefined when there is none, or it is not of our making. */
export function sessionUidOf(
  keeper: Keeper,
  cookies: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const [uid, signature, ...rest] = cookies[fedcmCookieName(keeper)]?.split('.') ?? [];
  if (!uid || !signature || rest.length > 0) return undefined;
  const given = Buffer.from(signature);
  const expected = Buffer.from(sign(keeper, uid));
  return given.length === expected.length && timingSafeEqual(given, expected) ? uid : undefined;
}

/** Whether a Set-Cookie line is of this cookie. */
export function isFedcmCookie(keeper: Keeper, line: string): boolean {
  return line.startsWith(`${fedcmCookieName(keeper)}=`);
}
