import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JWK } from 'jose';
import type Provider from 'oidc-provider';
import type { RealmContext } from '../http/realm-context.ts';
import type { EngineHooks } from './hooks.ts';
import { createProvider } from './provider.ts';

/**
 * The protocol engine of one realm. oidc-provider takes its signing keys only when it is created, so new keys need a new provider in its
 * place. A request is answered by the provider that it began with. All state is in the database (sessions, interactions, codes, grants),
 * so people in the middle of a sign-in notice nothing.
 */
export class Engine {
  readonly #context: RealmContext;
  readonly #hooks: EngineHooks;
  readonly #prepare: (provider: Provider) => void;
  #provider: Provider;
  #callback: (request: IncomingMessage, response: ServerResponse) => Promise<void>;

  private constructor(
    context: RealmContext,
    hooks: EngineHooks,
    prepare: (provider: Provider) => void,
    provider: Provider,
  ) {
    this.#context = context;
    this.#hooks = hooks;
    this.#prepare = prepare;
    prepare(provider);
    this.#provider = provider;
    this.#callback = provider.callback();
  }

  /**
   * @param keys private JWKs; of each algorithm, the one that signs first
   * @param hooks render what people see
   * @param prepare called with each new provider before it answers requests
   */
  static async create(
    context: RealmContext,
    keys: readonly JWK[],
    hooks: EngineHooks,
    prepare: (provider: Provider) => void = () => {},
  ): Promise<Engine> {
    return new Engine(context, hooks, prepare, await createProvider(context, keys, hooks));
  }

  /** The provider in use. An earlier one serves as well for what needs no keys, such as sessions and interactions. */
  get provider(): Provider {
    return this.#provider;
  }

  answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    return this.#callback(request, response);
  }

  /** Signs with the first of `keys` of each algorithm from the next request on, and publishes all of them. */
  async useKeys(keys: readonly JWK[]): Promise<void> {
    const provider = await createProvider(this.#context, keys, this.#hooks);
    this.#prepare(provider);
    this.#callback = provider.callback();
    this.#provider = provider;
  }
}
