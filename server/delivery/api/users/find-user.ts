import type { AppUser } from '#storage/app-users.ts';
import { ApiError, notFound } from '../api-error.ts';
import type { ApiCall } from '../route.ts';

/** Nothing else is looked for: PostgreSQL refuses some texts, such as those with a NUL. */
const ID = /^[\w-]{1,64}$/;

/** The user whose id is in the path. @throws ApiError 400 for what is no id, 404 */
export async function findUser({ params, users }: Pick<ApiCall, 'params' | 'users'>): Promise<AppUser> {
  const id = params['id'] ?? '';
  if (!isUserId(id)) throw new ApiError(400, 'invalid_request', 'The id of a user has letters, digits, - and _ only.');
  const user = await users.find(id);
  if (!user) throw notFound();
  return user;
}

export function isUserId(text: string): boolean {
  return ID.test(text);
}
