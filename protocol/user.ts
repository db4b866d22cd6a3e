import type { Claim, UserClaims } from './claims.ts';

/** Claims that are among the contract's own fields, most of them by another name. */
export const CLAIMS_OF_CONTRACT = {
  email: 'email',
  email_verified: 'is_email_verified',
  given_name: 'first_name',
  family_name: 'last_name',
} as const satisfies Partial<Record<Claim, string>>;

/**
 * A user of an app, as the user API sends it. Times are ISO 8601 with milliseconds. A value that was not granted is absent. A value that is
 * not known is null in the fields of the contract, and absent elsewhere. Only users who signed up in the popup have other claims, and only
 * those that they agreed to share.
 */
export interface User extends Omit<UserClaims, keyof typeof CLAIMS_OF_CONTRACT> {
  /** Also the `sub` of the credential. */
  id: string;
  email: string | null;
  username: string | null;
  first_name: string | null;
  last_name: string | null;
  roles: string[];
  is_active: boolean;
  is_email_verified: boolean;
  last_signin: string | null;
  created_at: string;
  updated_at: string;
}
