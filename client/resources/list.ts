/** Where a page begins or ends. */
export interface Cursor {
  starting_after?: string;
  ending_before?: string;
}

export interface Page<Item> {
  data: Item[];
  has_more: boolean;
  /** Address of the next page, with what is older. */
  next: string | null;
  /** Address of the previous page, with what is newer; of lists that can be read in both directions. */
  previous?: string | null;
}

/** A list in pages, newest first. Await it for one page, or iterate over it for all, which loads each page when it is needed. */
export class List<Item, Query extends Cursor, OnePage extends Page<Item> = Page<Item>>
  implements PromiseLike<OnePage>, AsyncIterable<Item>
{
  readonly #read: (query: Query) => Promise<OnePage>;
  readonly #query: Query;

  /** @param read sends the request for the page that a query asks for */
  constructor(read: (query: Query) => Promise<OnePage>, query: Query) {
    this.#read = read;
    this.#query = query;
  }

  /** Returns one page: the first, or the one that the query asks for. */
  page(): Promise<OnePage> {
    return this.#read(this.#query);
  }

  // biome-ignore lint/suspicious/noThenProperty: a list can be awaited
  then<A = OnePage, B = never>(
    onPage?: ((page: OnePage) => A | PromiseLike<A>) | null,
    onFailure?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.page().then(onPage, onFailure);
  }

  /** Iterates over pages; with `ending_before`, towards what is newer. */
  async *pages(): AsyncGenerator<OnePage, void, undefined> {
    const direction = this.#query.ending_before === undefined ? 'next' : 'previous';
    const seen = new Set<string>();
    let query = this.#query;
    for (;;) {
      const page = await this.#read(query);
      yield page;
      const address = page[direction];
      // Stops at an address that was read before, which would repeat for ever.
      if (address === null || address === undefined || seen.has(address)) return;
      seen.add(address);
      query = { ...this.#query, ...cursorOf(address) };
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const page of this.pages()) yield* page.data;
  }
}

/** Takes only the cursor from the address, so that the secret is never sent to another origin. */
function cursorOf(address: string): Cursor {
  const { searchParams } = new URL(address, 'http://localhost');
  const [startingAfter, endingBefore] = [searchParams.get('starting_after'), searchParams.get('ending_before')];
  return {
    ...(startingAfter !== null && { starting_after: startingAfter }),
    ...(endingBefore !== null && { ending_before: endingBefore }),
  };
}
