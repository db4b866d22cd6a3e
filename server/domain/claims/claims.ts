import type { Claim, UserClaims } from '@signup-with-platform/protocol';
import type { Account } from '../../storage/accounts.ts';

/** The claims of each scope that we support (OpenID Connect Core 1.0 section 5.4). */
export const CLAIMS_OF_SCOPE = {
  profile: ['name', 'given_name', 'family_name', 'locale', 'picture'],
  email: ['email', 'email_verified'],
  phone: ['phone_number'],
  address: ['address'],
} as const satisfies Record<string, readonly Claim[]>;

/** The claims of a scope; none for an unknown scope. */
export function claimsOfScope(scope: string): readonly Claim[] {
  return Object.hasOwn(CLAIMS_OF_SCOPE, scope) ? CLAIMS_OF_SCOPE[scope as keyof typeof CLAIMS_OF_SCOPE] : [];
}

/** All claims that an account has a value for. */
export function accountClaims(account: Account): UserClaims {
  const name = [account.givenName, account.familyName].filter(Boolean).join(' ');
  return {
    ...(name && { name }),
    ...(account.givenName && { given_name: account.givenName }),
    ...(account.familyName && { family_name: account.familyName }),
    ...(account.email && { email: account.email, email_verified: account.emailVerified }),
    ...(account.phoneNumber && { phone_number: account.phoneNumber }),
    ...(account.address && { address: account.address }),
    ...(account.locale && { locale: account.locale }),
    ...(account.picture && { picture: account.picture }),
  };
}
