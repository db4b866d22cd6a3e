export interface NewUser {
  email: string;
  /** 8 to 128 characters, and none of the common ones. */
  password: string;
  username?: string;
  first_name?: string;
  last_name?: string;
  /** Must equal `password`, when given. */
  password_confirmation?: string;
}

/** What the platform does besides creating the user. */
export interface CreationOptions {
  /** Mails a link with a code for `auth.verify`. Default false. */
  verify_user?: boolean;
  /** Default true; false sends no mail even so. */
  send_email?: boolean;
  /** Your page that the link points to, on a registered origin. Needed when a mail is sent. */
  verify_url?: string;
}

/** What is absent stays as it is. */
export interface UserChanges {
  email?: string;
  password?: string;
  username?: string | null;
  first_name?: string | null;
  last_name?: string | null;
  is_active?: boolean;
  /** In the place of those that are there: a list, or names separated by commas. */
  roles?: string[] | string | null;
}
