import { claimsOfField, FIELDS, type Field, fieldOf, inOrder } from '@signup-with-platform/protocol';
import { agreeTo } from './agree-to.ts';
import { priorConsent } from './consent-request.ts';

/** The fields that a person was asked for and does not share: declined, or withdrawn later. */
export function declinedFields(grant: Record<string, unknown>): Field[] {
  const { granted, declined } = priorConsent(grant);
  const fields = inOrder<Field>(FIELDS, [...declined].map(fieldOf));
  return fields.filter((field) => !claimsOfField(field).some((claim) => granted.has(claim)));
}

/**
 * Shares a declined field again, which reverses withdraw-field.ts. It never adds a field that the person was not asked for.
 * @param grant oidc-provider's payload of its Grant model
 * @returns the new payload; undefined when the field is not a declined one
 */
export function shareField(grant: Record<string, unknown>, field: Field): Record<string, unknown> | undefined {
  if (!declinedFields(grant).includes(field)) return undefined;
  const { declined } = priorConsent(grant);
  const claims = claimsOfField(field).filter((claim) => declined.has(claim));
  return { ...grant, ...agreeTo(grant, { granted: claims, declined: [] }) };
}
