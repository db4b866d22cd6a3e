import type { User } from '@signup-with-platform/protocol';
import type { RequestOptions } from '../http/settings.ts';
import type { Transport } from '../http/transport.ts';

export interface ListQuery {
  /** Users to a page, 1 to 100. Default 10. */
  limit?: number;
  /** The id of a user: those after it, older ones. */
  starting_after?: string;
  /** The id of a user: those before it, newer ones. */
  ending_before?: string;
}

export interface UserPage {
  data: User[];
  has_more: boolean;
  /** Address of the next page, of older users. */
  next: string | null;
  /** Address of the page before, of newer users. */
  previous: string | null;
}

/**
 * Users, newest first. Await it for one page; iterate over it for all of them, page by page as they are needed.
 *
 * @example
 * ```ts
 * const { data, has_more } = await platform.users.list({ limit: 20 });
 * for await (const user of platform.users.list()) console.log(user.email);
 * ```
 */
export class UserList implements PromiseLike<UserPage>, AsyncIterable<User> {
  readonly #transport: Transport;
  readonly #query: ListQuery;
  readonly #options: RequestOptions;

  constructor(transport: Transport, query: ListQuery, options: RequestOptions) {
    this.#transport = transport;
    this.#query = query;
    this.#options = options;
  }

  /** One page: the first, or the one that the query asks for. */
  page(): Promise<UserPage> {
    return this.#read(this.#query);
  }

  // biome-ignore lint/suspicious/noThenProperty: to be awaited is what it is for
  then<A = UserPage, B = never>(
    onPage?: ((page: UserPage) => A | PromiseLike<A>) | null,
    onFailure?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.page().then(onPage, onFailure);
  }

  /** Page by page; with `ending_before`, towards the newer ones. */
  async *pages(): AsyncGenerator<UserPage, void, undefined> {
    const direction = this.#query.ending_before === undefined ? 'next' : 'previous';
    const seen = new Set<string>();
    let query: ListQuery = this.#query;
    for (;;) {
      const page = await this.#read(query);
      yield page;
      const address = page[direction];
      // An address that comes again would go round for ever.
      if (address === null || address === undefined || page.data.length === 0 || seen.has(address)) return;
      seen.add(address);
      query = { ...this.#query, ...cursorOf(address) };
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<User, void, undefined> {
    for await (const page of this.pages()) yield* page.data;
  }

  async #read(query: ListQuery): Promise<UserPage> {
    const { data } = await this.#transport.send<UserPage>(
      { method: 'GET', path: '/1/users', query: { ...query }, repeatable: true },
      this.#options,
    );
    return data;
  }
}

/** Only where to go on is taken from the address; the secret is not sent to wherever it points. */
function cursorOf(address: string): ListQuery {
  const { searchParams } = new URL(address, 'http://localhost');
  const [startingAfter, endingBefore] = [searchParams.get('starting_after'), searchParams.get('ending_before')];
  return {
    ...(startingAfter !== null && { starting_after: startingAfter }),
    ...(endingBefore !== null && { ending_before: endingBefore }),
  };
}
