import type { User } from '@signup-with-platform/protocol';
import { type ApiPromise, apiPromise } from '../http/api-promise.ts';
import type { RequestOptions } from '../http/settings.ts';
import type { Transport } from '../http/transport.ts';
import { fields, segment } from './path.ts';
import type { CreationOptions, NewUser, UserChanges } from './user.ts';
import { type ListQuery, UserList } from './user-list.ts';

export interface CreateOptions extends RequestOptions {
  /** Pass a key that you store with the order or the form, so that it survives a crash. Default: a new one for each call. */
  idempotencyKey?: string;
}

export interface UpdateOptions extends RequestOptions {
  /** The `etag` of the answer that you read. The call rejects with PreconditionFailedError if the user was changed since. */
  ifMatch?: string;
}

/** The users of the environment that the key belongs to. All methods reject with a {@link PlatformError}. */
export class Users {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * @template Own Fields that the platform has added to the usual ones, such as `{ loyalty_number?: string }`.
   * @param id The `sub` of the credential.
   * @throws {NotFoundError} There is no such user, or the person withdrew their consent.
   */
  get<Own extends object = object>(id: string, options?: RequestOptions): ApiPromise<User & Own> {
    const call = { method: 'GET', path: `/1/users/${segment('id', id)}`, repeatable: true } as const;
    return this.#send(call, options) as ApiPromise<User & Own>;
  }

  /** Finds the one user with this email address or username. @throws {NotFoundError} */
  find(by: { email: string } | { username: string }, options?: RequestOptions): ApiPromise<User> {
    const query: { email?: string; username?: string } = fields('{ email } or { username }', by);
    const { email, username } = query;
    // Without one of the two, the answer would be a list.
    segment('email', email ?? username);
    return this.#send({ method: 'GET', path: '/1/users', query: { email, username }, repeatable: true }, options);
  }

  /** Newest first. Await it for one page, or iterate over it for all users. */
  list(query: ListQuery = {}, options: RequestOptions = {}): UserList {
    return new UserList(this.#transport, fields('{ limit, starting_after }', query), options);
  }

  /**
   * Creates a user. It is sent with an Idempotency-Key, so that a retry creates no second user.
   * @throws {ValidationError} `validationErrors` says which parameter breaks which rule.
   * @throws {InvalidRequestError} `email_taken`, `username_taken`
   */
  create(user: NewUser & CreationOptions, options: CreateOptions = {}): ApiPromise<User> {
    const { send_email, verify_user, verify_url, ...body } = fields('{ email, password }', user);
    return this.#send(
      {
        method: 'POST',
        path: '/1/users',
        query: { send_email, verify_user, verify_url },
        body,
        headers: { 'idempotency-key': options.idempotencyKey ?? globalThis.crypto.randomUUID() },
        repeatable: true,
      },
      options,
    );
  }

  update(id: string, changes: UserChanges, options: UpdateOptions = {}): ApiPromise<User> {
    const { ifMatch } = options;
    return this.#send(
      {
        method: 'PUT',
        path: `/1/users/${segment('id', id)}`,
        body: fields('{ first_name, … }', changes),
        headers: { 'if-match': ifMatch },
        // A repeated call would find the etag of its own first change, and be refused although the change was made.
        repeatable: ifMatch === undefined,
      },
      options,
    );
  }

  /** @returns the user as it was before the deletion */
  delete(id: string, options?: RequestOptions): ApiPromise<User> {
    return this.#send({ method: 'DELETE', path: `/1/users/${segment('id', id)}`, repeatable: true }, options);
  }

  #send(request: Parameters<Transport['send']>[0], options?: RequestOptions): ApiPromise<User> {
    return apiPromise(this.#transport.send<User>(request, options));
  }
}
