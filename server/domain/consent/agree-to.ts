import type { Claim } from '@signup-with-platform/protocol';

/** What a person has decided about what they were asked. */
export interface Agreement {
  readonly granted: readonly Claim[];
  readonly declined: readonly Claim[];
  /** Of the request. */
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
 * A grant with what was decided added: the latest word on a claim counts.
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
