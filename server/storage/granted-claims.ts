import { type Claim, claimsOfScope, isClaim } from '@signup-with-platform/protocol';

/** What of oidc-provider's payload of its Grant model says what is shared. */
export interface GrantPayload {
  openid?: { scope?: string | undefined; claims?: string[] | undefined } | undefined;
  rejected?: object | undefined;
}

/** The claims that a grant refuses. */
export function declinedClaims({ rejected = {} }: GrantPayload): Set<Claim> {
  const { openid } = rejected as { openid?: { claims?: string[] } };
  return new Set((openid?.claims ?? []).filter(isClaim));
}

/** The claims that a grant shares. One without a list shares what its scopes stand for. */
export function grantedClaims(grant: GrantPayload): Set<Claim> {
  const { claims, scope } = grant.openid ?? {};
  const granted = new Set<Claim>(claims ? claims.filter(isClaim) : (scope?.split(' ') ?? []).flatMap(claimsOfScope));
  for (const claim of declinedClaims(grant)) granted.delete(claim);
  return granted;
}
