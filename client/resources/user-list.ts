import type { User } from '@signup-with-platform/protocol';
import type { RequestOptions } from '../http/settings.ts';
import type { Transport } from '../http/transport.ts';

export interface ListQuery {
  /** Users in a page, from 1 to 100. Default 10. */
  limit?: number;
  /** The id of a user. The page begins after it, with older users. */
  starting_after?: string;
  /** The id of a user. The page ends before it, with newer users. */
  ending_before?: string;
}

export interface UserPage {
  data: User[];
  has_more: boolean;
  /** Address of the next page, with older users. */
  next: string | null;
  /** Address of the previous page, with newer users. */
  previous: string | null;
}

/**
 * Users, newest first. Await it for one page, or iterate over it for all users, which loads each page when it is needed.
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

  /** Returns one page: the first, or the one that the query asks for. */
  page(): Promise<UserPage> {
    return this.#read(this.#query);
  }

  // biome-ignore lint/suspicious/noThenProperty: a list can be awaited
  then<A = UserPage, B = never>(
    onPage?: ((page: UserPage) => A | PromiseLike<A>) | null,
    onFailure?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.page().then(onPage, onFailure);
  }

  /** Iterates over pages; with `ending_before`, towards newer users. */
  async *pages(): AsyncGenerator<UserPage, void, undefined> {
    const direction = this.#query.ending_before === undefined ? 'next' : 'previous';
    const seen = new Set<string>();
    let query: ListQuery = this.#query;
    for (;;) {
      const page = await this.#read(query);
      yield page;
      const address = page[direction];
      // Stops at an address that was read before, which would repeat for ever.
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

/** Takes only the cursor from the address, so that the secret is never sent to another origin. */
function cursorOf(address: string): ListQuery {
  const { searchParams } = new URL(address, 'http://localhost');
  const [startingAfter, endingBefore] = [searchParams.get('starting_after'), searchParams.get('ending_before')];
  return {
    ...(startingAfter !== null && { starting_after: startingAfter }),
    ...(endingBefore !== null && { ending_before: endingBefore }),
  };
}
