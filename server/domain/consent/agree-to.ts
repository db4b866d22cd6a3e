import type { Claim } from '@signup-with-platform/protocol';

/** A person's decision on a consent request. */
export interface Agreement {
  readonly granted: readonly Claim[];
  readonly declined: readonly Claim[];
  /** The request's scope. */
  readonly scope?: string;
}

interface Part {
  scope?: string;
  claims?: string[];
}

/** The parts of oidc-provider's Grant model that a consent changes. */
export interface Agreed {
  openid?: Part;
  rejected?: { openid?: Part };
}

/**
 * Adds a decision to a grant. The latest decision on a claim counts.
 * @param grant oidc-provider's payload of its Grant model; empty when there was none
 */
export function agreeTo(grant: Agreed, { granted, declined, scope }: Agreement): Agreed {
  const { openid, rejected } = grant;
  const scopes = [...words(openid?.scope), ...words(scope)];
  const shared = union(openid?.claims, granted).filter((claim) => !(declined as readonly string[]).includes(claim));
  const refused = union(rejected?.openid?.claims, declined).filter(
    (claim) => !(granted as readonly string[]).includes(claim),
  );
  return {
    openid: {
      ...openid,
      ...(scopes.length > 0 && { scope: union(scopes, []).join(' ') }),
      claims: shared,
    },
    rejected: { ...rejected, openid: { ...rejected?.openid, claims: refused } },
  };
}

function words(scope: string | undefined): string[] {
  return scope?.split(' ').filter(Boolean) ?? [];
}

function union(known: readonly string[] | undefined, added: readonly string[]): string[] {
  return [...new Set([...(known ?? []), ...added])];
}
