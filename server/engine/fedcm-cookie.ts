import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RealmContext } from '../http/realm-context.ts';

/**
 * Browsers send only SameSite=None cookies with FedCM's requests, and the session cookie is SameSite=Lax. So a second cookie names the
 * session by its public identifier, signed. It works only at FedCM's endpoints, which only the browser itself can call
 * (web-identity-request.ts), and it is worthless once the session has ended.
 */
type Keeper = Pick<RealmContext, 'issuer' | 'realm' | 'cookieKey'>;

export function fedcmCookieName({ issuer, realm }: Pick<Keeper, 'issuer' | 'realm'>): string {
  return `${issuer.startsWith('https:') ? '__Host-' : ''}${realm}-fedcm`;
}

function sign({ cookieKey }: Keeper, uid: string): string {
  return createHmac('sha256', cookieKey).update(`fedcm\n${uid}`).digest('base64url');
}

/** A Set-Cookie header. @param uid the session's public identifier; undefined removes the cookie */
export function fedcmCookie(keeper: Keeper, uid: string | undefined, lifetimeSeconds = 0): string {
  const value = uid === undefined ? '' : `${uid}.${sign(keeper, uid)}`;
  const expires = new Date(uid === undefined ? 0 : Date.now() + lifetimeSeconds * 1000).toUTCString();
  return `${fedcmCookieName(keeper)}=${value}; Path=/; Expires=${expires}; HttpOnly; Secure; SameSite=None`;
}

/** The public identifier of the session that a request's cookie names; undefined without a cookie or with a wrong signature. */
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

/** Whether a Set-Cookie line sets this cookie. */
export function isFedcmCookie(keeper: Keeper, line: string): boolean {
  return line.startsWith(`${fedcmCookieName(keeper)}=`);
}
