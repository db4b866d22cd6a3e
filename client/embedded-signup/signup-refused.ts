/** Throw this in your sign-up handler. The person reads `message`, so write it in their language. */
export class SignupRefused extends Error {
  override readonly name = 'SignupRefused';
  /** For programs, e.g. `user_exists`. */
  readonly code: string | undefined;
  /** HTTP status. */
  readonly status: number;

  /** @param status From 400 to 599. Default 400; 409 when the user exists. The platform tries again for 429, and from 500 on. */
  constructor(message: string, code?: string, status = 400) {
    super(message);
    if (!Number.isInteger(status) || status < 400 || status > 599) {
      throw new RangeError(`SignupRefused: the status must be from 400 to 599, not ${status}`);
    }
    this.code = code;
    this.status = status;
  }
}
