import type { AddressClaim } from './claims.ts';

/**
 * A user of an app, as the user API answers. Times are ISO 8601 with milliseconds. What was not granted is absent; what is not known
 * is null only among the contract's own fields.
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
  /** These are of users who came through the popup, each only if they agreed to share it. */
  name?: string;
  phone_number?: string;
  address?: AddressClaim;
  /** BCP 47. */
  locale?: string;
  /** URL. */
  picture?: string;
}
