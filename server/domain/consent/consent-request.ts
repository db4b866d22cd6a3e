import { type Claim, type Field, fieldOf } from '@signup-with-platform/protocol';
import type { AppField } from '../../storage/apps.ts';
import { consentOf, type GrantPayload } from '../../storage/granted-claims.ts';
import type { FieldCatalogue } from '../claims/catalogue.ts';

/** The earlier decisions of an account about an app. */
export interface PriorConsent {
  /** Claims agreed to, by name or as part of a scope. */
  granted: ReadonlySet<Claim>;
  declined: ReadonlySet<Claim>;
}

/** What an authorization request asks a person to agree to. */
export interface ConsentRequest {
  /** All claims that the request asks for. */
  asked: Claim[];
  /** The fields that need an answer, each with the claims that would be sent for it. */
  open: { field: Field; required: boolean; claims: Claim[] }[];
  /** Fields that were agreed to before, and are shared again without asking. */
  alreadyShared: Field[];
}

/** The claims that a request asks for by `scope` and by the `claims` parameter (OpenID Connect Core 1.0 sections 5.4, 5.5). */
export function askedClaims(
  params: { scope?: unknown; claims?: unknown },
  registered: ReadonlySet<Claim>,
  catalogue: FieldCatalogue,
): Claim[] {
  const asked = new Set<string>();
  if (typeof params.scope === 'string') {
    for (const scope of params.scope.split(' ')) {
      for (const claim of catalogue.claimsOfScope(scope)) asked.add(claim);
    }
  }
  if (typeof params.claims === 'string') {
    const { id_token: idToken, userinfo } = JSON.parse(params.claims) as Record<string, object | undefined>;
    for (const claim of [...Object.keys(idToken ?? {}), ...Object.keys(userinfo ?? {})]) asked.add(claim);
  }
  return catalogue.claims.filter((claim) => asked.has(claim) && registered.has(claim));
}

/**
 * Splits a request into fields that were decided before and fields that are open. Nobody is asked twice, with one exception: a field that
 * was declined while it was optional is asked for again once the app requires it.
 */
export function consentRequest(
  asked: readonly Claim[],
  fields: readonly AppField[],
  prior: PriorConsent,
  askAgain = false,
): ConsentRequest {
  const isRequired = (field: Field) => fields.some((candidate) => candidate.field === field && candidate.required);
  const open: ConsentRequest['open'] = [];
  const alreadyShared: Field[] = [];
  for (const field of new Set(asked.map(fieldOf))) {
    const claims = asked.filter((claim) => fieldOf(claim) === field);
    const required = isRequired(field);
    const undecided = claims.some(
      (claim) => askAgain || (!prior.granted.has(claim) && !(prior.declined.has(claim) && !required)),
    );
    if (undecided) open.push({ field, required, claims });
    else if (claims.some((claim) => prior.granted.has(claim))) alreadyShared.push(field);
  }
  return { asked: [...asked], open, alreadyShared };
}

/**
 * Reads oidc-provider's grant. A grant that lists claims shares those and no others, whatever its scopes: a scope gains a claim when the
 * platform learns it, or when the app registers its field, and nobody has been asked about that one. Without a list, scopes stand for their
 * claims. A declined claim counts even inside a granted scope. What is
 * said about a claim goes with it, so that nobody is asked for a phone number again when the platform learns to say that it is verified.
 */
export function priorConsent(grant: GrantPayload): PriorConsent {
  return consentOf(grant);
}
