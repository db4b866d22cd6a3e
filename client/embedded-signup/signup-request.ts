/** Somebody signs up with the platform, and becomes a user of yours. */
export interface SignupRequest {
  /** Mostly the e-mail address, as it was typed. */
  userName: string;
  /** Chosen for your shop; never the one of the platform. */
  password: string;
  firstName?: string;
  lastName?: string;
  /** BCP 47, in any case: the language to speak to the person. */
  language: string;
  /** The same when the platform sends the same request again: answer as you did the first time, and make no second user. */
  idempotencyKey?: string;
}
