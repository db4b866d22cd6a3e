/** The scope by which an app asks to stay connected while the person is away (OpenID Connect Core 1.0 section 11). */
export const OFFLINE_ACCESS = 'offline_access';

/** @param scope of a request or a grant: names separated by spaces */
export function includesOfflineAccess(scope: unknown): boolean {
  return typeof scope === 'string' && scope.split(' ').includes(OFFLINE_ACCESS);
}

/** Whether a person has agreed that an app stays connected. */
export function staysConnected(grant: { openid?: { scope?: string | undefined } | undefined }): boolean {
  return includesOfflineAccess(grant.openid?.scope);
}
