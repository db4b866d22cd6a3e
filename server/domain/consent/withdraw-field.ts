import { type Claim, claimsOfField, type Field } from '@signup-with-platform/protocol';
import { priorConsent } from './consent-request.ts';

interface GrantPayload {
  openid?: { scope?: string; claims?: string[] };
  rejected?: { openid?: { scope?: string; claims?: string[] } };
}

/**
 * Removes a field from a grant. It counts as declined from then on, so the person is not asked for it again unless the app requires it.
 * @param grant oidc-provider's payload of its Grant model
 * @returns the new payload; undefined when the field is not shared
 */
export function withdrawField(grant: Record<string, unknown>, field: Field): Record<string, unknown> | undefined {
  const gone: readonly Claim[] = claimsOfField(field);
  const { granted } = priorConsent(grant);
  if (!gone.some((claim) => granted.has(claim))) return undefined;
  const { openid, rejected } = grant as GrantPayload;
  const declined = rejected?.openid?.claims ?? [];
  return {
    ...grant,
    ...(openid?.claims && {
      openid: { ...openid, claims: openid.claims.filter((claim) => !gone.includes(claim as Claim)) },
    }),
    rejected: { ...rejected, openid: { ...rejected?.openid, claims: [...new Set([...declined, ...gone])] } },
  };
}
