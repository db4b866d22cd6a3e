/** A person who signs up with the platform, and becomes your user. */
export interface SignupRequest {
  /** Usually the email address, as it was typed. */
  userName: string;
  /** The password that the person chose for your app. It is never the one of the platform. */
  password: string;
  firstName?: string;
  lastName?: string;
  /** The person's language, as a BCP 47 tag in upper or lower case. */
  language: string;
  /** The same key comes again when the platform repeats a request. Answer as you did the first time, and create no second user. */
  idempotencyKey?: string;
}
