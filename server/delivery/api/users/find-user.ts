import type { AppUser } from '#storage/app-users.ts';
import { ApiError, notFound } from '../api-error.ts';
import type { ApiCall } from '../route.ts';

/** Other texts are refused before the query, because PostgreSQL fails for some, such as those with a NUL. */
const ID = /^[\w-]{1,64}$/;

/** The user whose id is in the path. @throws ApiError 400 for a malformed id, 404 */
export async function findUser({ params, users }: Pick<ApiCall, 'params' | 'users'>): Promise<AppUser> {
  const id = params['id'] ?? '';
  if (!isUserId(id)) throw new ApiError(400, 'invalid_request', 'A user id contains only letters, digits, - and _.');
  const user = await users.find(id);
  if (!user) throw notFound();
  return user;
}

export function isUserId(text: string): boolean {
  return ID.test(text);
}
