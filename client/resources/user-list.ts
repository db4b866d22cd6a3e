import type { User } from '@signup-with-platform/protocol';
import type { RequestOptions } from '../http/settings.ts';
import type { Transport } from '../http/transport.ts';
import { List, type Page } from './list.ts';

export interface ListQuery {
  /** Users in a page, from 1 to 100. Default 10. */
  limit?: number;
  /** The id of a user. The page begins after it, with older users. */
  starting_after?: string;
  /** The id of a user. The page ends before it, with newer users. */
  ending_before?: string;
}

export interface UserPage extends Page<User> {
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
export class UserList extends List<User, ListQuery, UserPage> {
  constructor(transport: Transport, query: ListQuery, options: RequestOptions) {
    const read = async (asked: ListQuery): Promise<UserPage> => {
      const request = { method: 'GET', path: '/1/users', query: { ...asked }, repeatable: true } as const;
      return (await transport.send<UserPage>(request, options)).data;
    };
    super(read, query);
  }
}
