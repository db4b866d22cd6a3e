import type { User } from '@signup-with-platform/protocol';
import { type ApiPromise, apiPromise } from '../http/api-promise.ts';
import type { RequestOptions } from '../http/settings.ts';
import type { Transport } from '../http/transport.ts';
import { fields } from './path.ts';

/** Of `signIn`. */
export interface SignedInUser extends User {
  /** With `create_token`: for another of your servers, which reads it once with `tokens.get`. */
  token?: string;
}

/** Where to sign in with a password of your own shop. All methods reject with a {@link PlatformError}. */
export class Auth {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * @param credentials `signin_id` is the e-mail address or the username.
   * @throws {InvalidRequestError} `invalid_credentials`: whether the user exists is not told.
   */
  signIn(
    credentials: { signin_id: string; password: string; create_token?: boolean },
    options?: RequestOptions,
  ): ApiPromise<SignedInUser> {
    return this.#post('signin', fields('{ signin_id, password }', credentials), true, options);
  }

  /** Sign-in tokens that nobody has used yet stop working. Your own session is yours to end. */
  signOut(user: { id: string }, options?: RequestOptions): ApiPromise<User> {
    return this.#post('signout', fields('{ id }', user), true, options);
  }

  /** Whether it is this user's password, for what should be asked twice. */
  confirm(credentials: { id: string; password: string }, options?: RequestOptions): ApiPromise<{ confirmed: boolean }> {
    return this.#post('confirm', fields('{ id, password }', credentials), true, options);
  }

  /** The e-mail address is confirmed by the code that was mailed. It works once. */
  verify(code: { code: string }, options?: RequestOptions): ApiPromise<User> {
    return this.#post('verify', fields('{ code }', code), false, options);
  }

  /** Mails a code for {@link Auth.resetPassword}. Answers alike for addresses that are known and that are not. */
  forgotPassword(
    user: { email: string; reset_url?: string; language?: string },
    options?: RequestOptions,
  ): ApiPromise<{ sent: true }> {
    return this.#post('forgot-password', fields('{ email }', user), false, options);
  }

  /** The code works once. */
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
