import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JWK } from 'jose';
import type Provider from 'oidc-provider';
import type { RealmContext } from '../http/realm-context.ts';
import type { EngineHooks } from './hooks.ts';
import { createProvider } from './provider.ts';

/**
 * The protocol engine of one realm. oidc-provider takes its signing keys when it is made and no others later, so for other keys another one
 * is made and put in its place: a request is answered by the one that it began with. All that it remembers is in the database (sessions,
 * interactions, codes, grants), so whoever is on the way goes on without noticing.
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
   * @param keys private JWKs, the one that signs first
   * @param hooks what people see of its work
   * @param prepare what is done with each provider before it answers
   */
  static async create(
    context: RealmContext,
    keys: readonly JWK[],
    hooks: EngineHooks,
    prepare: (provider: Provider) => void = () => {},
  ): Promise<Engine> {
    return new Engine(context, hooks, prepare, await createProvider(context, keys, hooks));
  }

  /** The one in use. For what knows no keys, such as sessions and interactions, it does not matter which one is asked. */
  get provider(): Provider {
    return this.#provider;
  }

  answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    return this.#callback(request, response);
  }

  /** Signs with the first of `keys` from the next request on, and publishes all of them. */
  async useKeys(keys: readonly JWK[]): Promise<void> {
    const provider = await createProvider(this.#context, keys, this.#hooks);
    this.#prepare(provider);
    this.#callback = provider.callback();
    this.#provider = provider;
  }
}
