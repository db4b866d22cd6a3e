import type { User } from '@signup-with-platform/protocol';
import { type ApiPromise, apiPromise } from '../http/api-promise.ts';
import type { RequestOptions } from '../http/settings.ts';
import type { Transport } from '../http/transport.ts';
import { segment } from './path.ts';

export interface SignInToken {
  type: 'signin';
  data: User;
}

export class Tokens {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Reads a token. It works once, so the call is repeated only when it certainly did not arrive.
   * @throws {NotFoundError} The token was used before, or has expired.
   */
  get(id: string, options?: RequestOptions): ApiPromise<SignInToken> {
    const path = `/1/tokens/${segment('id', id)}`;
    return apiPromise(this.#transport.send<SignInToken>({ method: 'GET', path, repeatable: false }, options));
  }
}
