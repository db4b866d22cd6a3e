import type { AddressClaim } from './claims.ts';

/**
 * A user of an app, as the user API sends it. Times are ISO 8601 with milliseconds. A value that was not granted is absent. A value that is
 * not known is null in the fields of the contract, and absent elsewhere.
 */
export interface User {
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
  /** Only users who signed up in the popup have the following values, and only those that they agreed to share. */
  name?: string;
  phone_number?: string;
  address?: AddressClaim;
  /** BCP 47. */
  locale?: string;
  /** URL. */
  picture?: string;
}
