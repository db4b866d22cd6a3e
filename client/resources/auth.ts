import type { User } from '@signup-with-platform/protocol';
import { type ApiPromise, apiPromise } from '../http/api-promise.ts';
import type { RequestOptions } from '../http/settings.ts';
import type { Transport } from '../http/transport.ts';
import { fields } from './path.ts';

/** Of `signIn`. */
export interface SignedInUser extends User {
  /** Present with `create_token`. It is for another server of yours, which reads it once with `tokens.get`. */
  token?: string;
}

/** Signs users in with a password for your app. All methods reject with a {@link PlatformError}. */
export class Auth {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * @param credentials `signin_id` is the email address or the username.
   * @throws {InvalidRequestError} `invalid_credentials`, which does not say whether the user exists.
   */
  signIn(
    credentials: { signin_id: string; password: string; create_token?: boolean },
    options?: RequestOptions,
  ): ApiPromise<SignedInUser> {
    return this.#post('signin', fields('{ signin_id, password }', credentials), true, options);
  }

  /** Makes unused sign-in tokens of the user stop working. Your own session with the person is yours to end. */
  signOut(user: { id: string }, options?: RequestOptions): ApiPromise<User> {
    return this.#post('signout', fields('{ id }', user), true, options);
  }

  /** Checks the user's password again, before an action that should ask for it. */
  confirm(credentials: { id: string; password: string }, options?: RequestOptions): ApiPromise<{ confirmed: boolean }> {
    return this.#post('confirm', fields('{ id, password }', credentials), true, options);
  }

  /** Confirms the email address with the code from the email. The code works once. */
  verify(code: { code: string }, options?: RequestOptions): ApiPromise<User> {
    return this.#post('verify', fields('{ code }', code), false, options);
  }

  /** Sends an email with a code for {@link Auth.resetPassword}. The answer is the same for known and unknown addresses. */
  forgotPassword(
    user: { email: string; reset_url?: string; language?: string },
    options?: RequestOptions,
  ): ApiPromise<{ sent: true }> {
    return this.#post('forgot-password', fields('{ email }', user), false, options);
  }

  /** Sets a new password with the code from the email. The code works once. */
  resetPassword(
    reset: { code: string; password: string; password_confirmation?: string },
    options?: RequestOptions,
  ): ApiPromise<User> {
    return this.#post('reset-password', fields('{ code, password }', reset), false, options);
  }

  #post<T>(name: string, body: object, repeatable: boolean, options?: RequestOptions): ApiPromise<T> {
    return apiPromise(this.#transport.send<T>({ method: 'POST', path: `/1/auth/${name}`, body, repeatable }, options));
  }
}
