import type { ClaimFormat, ClaimValue } from './claim-formats.ts';

/** What the wire knows of a claim. */
interface ClaimDescriptor {
  /** The row on the consent page that it belongs to. A field is named after the claim that says all of it. */
  readonly field: string;
  /** OpenID Connect Core 1.0 section 5.4. */
  readonly scope: string;
  readonly format: ClaimFormat;
}

/**
 * What a person can share, by the names of OpenID Connect Core 1.0 section 5.1, in the order in which it is shown.
 *
 * A *claim* is what travels in the credential. A *field* is what the person sees and can refuse: one row on the consent page.
 * What the server knows of a field is in `server/domain/claims/`, how the widget fills forms with it in `widget/answer/fields/`.
 */
export const CLAIM_DESCRIPTORS = {
  name: { field: 'name', scope: 'profile', format: 'text' },
  given_name: { field: 'name', scope: 'profile', format: 'text' },
  family_name: { field: 'name', scope: 'profile', format: 'text' },
  email: { field: 'email', scope: 'email', format: 'email' },
  email_verified: { field: 'email', scope: 'email', format: 'flag' },
  phone_number: { field: 'phone_number', scope: 'phone', format: 'phone' },
  /** True only where the platform says so. */
  phone_number_verified: { field: 'phone_number', scope: 'phone', format: 'flag' },
  address: { field: 'address', scope: 'address', format: 'address' },
  /** `YYYY-MM-DD`. */
  birthdate: { field: 'birthdate', scope: 'profile', format: 'date' },
  /** Whether somebody has reached an age, for whom the date is none of their business. Of no standard scope, so that `profile` asks for no age. */
  is_over_16: { field: 'is_over_16', scope: 'age', format: 'flag' },
  is_over_18: { field: 'is_over_18', scope: 'age', format: 'flag' },
  is_over_21: { field: 'is_over_21', scope: 'age', format: 'flag' },
  /** BCP 47. */
  locale: { field: 'locale', scope: 'profile', format: 'language' },
  /** URL. */
  picture: { field: 'picture', scope: 'profile', format: 'picture' },
} as const satisfies Record<string, ClaimDescriptor>;

declare const own: unique symbol;
/** The name of a field that an operator has added (`OWN_FIELDS`), which is the name of its one claim, too. */
export type OwnName = string & { readonly [own]: true };

export type BuiltInClaim = keyof typeof CLAIM_DESCRIPTORS;
export type BuiltInField = (typeof CLAIM_DESCRIPTORS)[BuiltInClaim]['field'];
export type Claim = BuiltInClaim | OwnName;
export type Field = BuiltInField | OwnName;
export type Scope = (typeof CLAIM_DESCRIPTORS)[BuiltInClaim]['scope'];

/** Those of every platform. */
export const CLAIMS: readonly BuiltInClaim[] = Object.keys(CLAIM_DESCRIPTORS).filter(isClaim);
export const FIELDS: readonly BuiltInField[] = [...new Set(CLAIMS.map((claim) => CLAIM_DESCRIPTORS[claim].field))];

/** The claims that travel when a field is shared. Asking for the field by its own name asks for all of them. */
export const CLAIMS_OF_FIELD: Readonly<Record<BuiltInField, readonly BuiltInClaim[]>> = /* @__PURE__ */ groupBy(
  (claim) => CLAIM_DESCRIPTORS[claim].field,
);
export const CLAIMS_OF_SCOPE: Readonly<Record<Scope, readonly BuiltInClaim[]>> = /* @__PURE__ */ groupBy(
  (claim) => CLAIM_DESCRIPTORS[claim].scope,
);

function groupBy<Group extends string>(groupOf: (claim: BuiltInClaim) => Group): Record<Group, BuiltInClaim[]> {
  const groups = {} as Record<Group, BuiltInClaim[]>;
  for (const claim of CLAIMS) {
    groups[groupOf(claim)] ??= [];
    groups[groupOf(claim)].push(claim);
  }
  return groups;
}

/** The consent row that a claim belongs to. An operator's own claim is a row by itself. */
export function fieldOf(claim: Claim): Field {
  return isClaim(claim) ? CLAIM_DESCRIPTORS[claim].field : claim;
}

/** The claims that travel when a field is shared, an operator's own field included. */
export function claimsOfField(field: Field): readonly Claim[] {
  return isField(field) ? CLAIMS_OF_FIELD[field] : [field];
}

/** Puts names into the order in which they are shown: those of every platform, then the operator's own as they come, each once. */
export function inOrder<Name extends Claim | Field>(order: readonly Name[], names: Iterable<Name>): Name[] {
  const all = new Set(names);
  return [...order.filter((name) => all.has(name)), ...[...all].filter((name) => !order.includes(name))];
}

export function formatOf(claim: BuiltInClaim): ClaimFormat {
  return CLAIM_DESCRIPTORS[claim].format;
}

/** Claims that say something about another, and always go with it: a consent to that one covers them. */
export const CLAIM_ABOUT: Readonly<Partial<Record<BuiltInClaim, BuiltInClaim>>> = {
  phone_number_verified: 'phone_number',
};

export function isClaim(value: string): value is BuiltInClaim {
  return Object.hasOwn(CLAIM_DESCRIPTORS, value);
}

export function isField(value: string): value is BuiltInField {
  return Object.hasOwn(CLAIMS_OF_FIELD, value);
}

/** The claims that a scope stands for; none for a scope that is none of ours. */
export function claimsOfScope(scope: string): readonly BuiltInClaim[] {
  return Object.hasOwn(CLAIMS_OF_SCOPE, scope) ? CLAIMS_OF_SCOPE[scope as Scope] : [];
}

/**
 * Expands the names a vendor writes (`fields="name email"`) into the claims that are asked for, in the order of
 * {@link CLAIMS}. `given_name` asks for itself alone, `name` for all three name claims.
 */
export function claimsOf(names: Iterable<BuiltInClaim>): BuiltInClaim[] {
  const asked = new Set<BuiltInClaim>();
  for (const name of names) {
    for (const claim of isField(name) ? CLAIMS_OF_FIELD[name] : [name]) asked.add(claim);
  }
  return CLAIMS.filter((claim) => asked.has(claim));
}

/** The claims about a person, each present only if it was asked for, granted, and known. */
export type UserClaims = { -readonly [Name in BuiltInClaim]?: ClaimValue<(typeof CLAIM_DESCRIPTORS)[Name]['format']> };
