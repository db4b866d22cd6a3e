import { type BuiltInClaim, CLAIM_ABOUT, type Claim, claimsOfScope } from '@signup-with-platform/protocol';

/** What of oidc-provider's payload of its Grant model says what is shared. */
export interface GrantPayload {
  openid?: { scope?: string | undefined; claims?: string[] | undefined } | undefined;
  rejected?: object | undefined;
}

/**
 * What a grant shares, and what it refuses. One without a list shares what its scopes stand for. What is said about a claim goes with it.
 */
export function consentOf(grant: GrantPayload): { granted: Set<Claim>; declined: Set<Claim> } {
  const rejected = (grant.rejected ?? {}) as { openid?: { claims?: string[] } };
  const declined = new Set(claimNames(rejected.openid?.claims));
  const granted = new Set(claimNames(grant.openid?.claims));
  const scopes = grant.openid?.claims ? [] : (grant.openid?.scope?.split(' ') ?? []);
  for (const scope of scopes) {
    for (const claim of claimsOfScope(scope)) granted.add(claim);
  }
  for (const [claim, about] of Object.entries(CLAIM_ABOUT) as [BuiltInClaim, BuiltInClaim][]) {
    if (granted.has(claim) || declined.has(claim)) continue;
    if (declined.has(about)) declined.add(claim);
    else if (granted.has(about)) granted.add(claim);
  }
  for (const claim of declined) granted.delete(claim);
  return { granted, declined };
}

/** The claims that a grant shares. */
export function grantedClaims(grant: GrantPayload): Set<Claim> {
  return consentOf(grant).granted;
}

/** Names of the engine's own are no claims of a person; any other may be of a field that an operator has, or has had. */
function claimNames(names: readonly string[] = []): Claim[] {
  return names.filter((name) => name !== 'sub') as Claim[];
}
