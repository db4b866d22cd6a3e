/**
 * What a person can share, by the names of OpenID Connect Core 1.0 section 5.1.
 *
 * A *claim* is what travels in the credential. A *field* is what the person sees and can refuse: one row on the consent page.
 */
export const CLAIMS = [
  'name',
  'given_name',
  'family_name',
  'email',
  'email_verified',
  'phone_number',
  'address',
  'locale',
  'picture',
] as const;
export type Claim = (typeof CLAIMS)[number];

export const FIELDS = ['name', 'email', 'phone_number', 'address', 'locale', 'picture'] as const;
export type Field = (typeof FIELDS)[number];

/** The claims that travel when a field is shared. Asking for the field by its own name asks for all of them. */
export const CLAIMS_OF_FIELD: Readonly<Record<Field, readonly Claim[]>> = {
  name: ['name', 'given_name', 'family_name'],
  email: ['email', 'email_verified'],
  phone_number: ['phone_number'],
  address: ['address'],
  locale: ['locale'],
  picture: ['picture'],
};

/** The consent row that a claim belongs to. */
export function fieldOf(claim: Claim): Field {
  const field = FIELDS.find((candidate) => CLAIMS_OF_FIELD[candidate].includes(claim));
  if (!field) throw new TypeError(`claim ${claim} belongs to no field`);
  return field;
}

export function isClaim(value: string): value is Claim {
  return (CLAIMS as readonly string[]).includes(value);
}

/**
 * Expands the names a vendor writes (`fields="name email"`) into the claims that are asked for, in the order of
 * {@link CLAIMS}. `given_name` asks for itself alone, `name` for all three name claims.
 */
export function claimsOf(names: Iterable<Claim>): Claim[] {
  const asked = new Set<Claim>();
  for (const name of names) {
    for (const claim of name in CLAIMS_OF_FIELD ? CLAIMS_OF_FIELD[name as Field] : [name]) asked.add(claim);
  }
  return CLAIMS.filter((claim) => asked.has(claim));
}

/** A postal address, OpenID Connect Core 1.0 section 5.1.1. */
export interface AddressClaim {
  /** The whole address, lines separated by `\n`. */
  formatted?: string;
  /** May hold several lines. */
  street_address?: string;
  locality?: string;
  region?: string;
  postal_code?: string;
  /** ISO 3166-1 alpha-2 code, e.g. `NL`. */
  country?: string;
}

/** The claims about a person, each present only if it was asked for, granted, and known. */
export interface UserClaims {
  name?: string;
  given_name?: string;
  family_name?: string;
  email?: string;
  email_verified?: boolean;
  phone_number?: string;
  address?: AddressClaim;
  /** BCP 47. */
  locale?: string;
  /** URL. */
  picture?: string;
}
