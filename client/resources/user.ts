export interface NewUser {
  email: string;
  /** 8 to 128 characters, and not a common password. */
  password: string;
  username?: string;
  first_name?: string;
  last_name?: string;
  /** Must equal `password`, when given. */
  password_confirmation?: string;
}

/** Options for what the platform does besides creating the user. */
export interface CreationOptions {
  /** Sends an email with a link that contains a code for `auth.verify`. Default false. */
  verify_user?: boolean;
  /** Default true. False sends no email in any case. */
  send_email?: boolean;
  /** Your page that the link points to, on a registered origin. Required when an email is sent. */
  verify_url?: string;
}

/** Fields that are absent stay unchanged. */
export interface UserChanges {
  email?: string;
  password?: string;
  username?: string | null;
  first_name?: string | null;
  last_name?: string | null;
  is_active?: boolean;
  /** Replaces the user's roles. A list, or names separated by commas. */
  roles?: string[] | string | null;
}
