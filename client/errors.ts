/**
 * `code` of a {@link CredentialError}. The codes are stable, so programs may depend on them.
 */
export const CREDENTIAL_ERRORS = {
  /** Not a JWS in compact serialization (RFC 7515 section 7.1), usually because of a mistake in reading the form. */
  MALFORMED_CREDENTIAL: 'malformed_credential',
  /** Issued by another platform, or by the other realm of this one. */
  WRONG_ISSUER: 'wrong_issuer',
  /** Issued to another app or environment. */
  WRONG_AUDIENCE: 'wrong_audience',
  /** Issued for another page view or another person's session, or replayed. */
  WRONG_NONCE: 'wrong_nonce',
  /** The person waited too long before submitting the form. */
  EXPIRED: 'expired',
  /** Issued in the future: one of the two clocks is wrong. */
  NOT_YET_VALID: 'not_yet_valid',
  /** Changed after it was signed, or forged. */
  BAD_SIGNATURE: 'bad_signature',
  /** Not one of `algorithms`: an attack, or a token that is not a credential at all (RFC 8725 section 2.1). */
  WRONG_ALGORITHM: 'wrong_algorithm',
  /** Signed by a key that the platform does not publish. */
  UNKNOWN_KEY: 'unknown_key',
  /** The platform's keys could not be fetched: try again, or correct `issuer`. No other error can disappear with a retry. */
  KEYS_UNAVAILABLE: 'keys_unavailable',
  /** Posted to your `login-uri` by a page that is not yours (`verifyLoginPost`). */
  FOREIGN_POST: 'foreign_post',
  /** A claim that every credential has is missing or of another type. */
  MISSING_CLAIM: 'missing_claim',
} as const;
export type CredentialErrorCode = (typeof CREDENTIAL_ERRORS)[keyof typeof CREDENTIAL_ERRORS];

/**
 * A credential was refused: do not sign anyone in. `message` is for the log, and `hint` names the likely mistake. Do not show them to the
 * person. Neither contains the credential itself.
 */
export class CredentialError extends Error {
  override readonly name = 'CredentialError';
  readonly code: CredentialErrorCode;
  /** The likely mistake, and what to do about it. In English, for developers. */
  readonly hint: string;

  constructor(code: CredentialErrorCode, message: string, hint: string, options?: ErrorOptions) {
    super(`${message}. ${hint}`, options);
    this.code = code;
    this.hint = hint;
  }
}

/**
 * The library was called wrongly. That is a bug in the calling program, which no person's input can cause or cure. It is not a
 * {@link CredentialError}, so that a handler for refused credentials does not swallow it.
 */
export class InvalidOptionError extends TypeError {
  override readonly name = 'InvalidOptionError';
  readonly code = 'invalid_option';
  /** The name of the option. */
  readonly option: string;

  constructor(option: string, message: string) {
    super(message);
    this.option = option;
  }
}
