import type { Environment } from '@signup-with-platform/protocol';
import type { AppUser } from '#storage/app-users.ts';
import { ApiError, notFound } from '../api-error.ts';
import type { ApiCall } from '../route.ts';

/** Other texts are refused before the query, because PostgreSQL fails for some, such as those with a NUL. */
const ID = /^[\w-]{1,64}$/;

/** The user whose id is in the path. @throws ApiError 400 for a malformed id, 404 */
export async function findUser(call: Pick<ApiCall, 'params' | 'users' | 'context' | 'access'>): Promise<AppUser> {
  const id = call.params['id'] ?? '';
  if (!isUserId(id)) throw new ApiError(400, 'invalid_request', 'A user id contains only letters, digits, - and _.');
  const user = await call.users.find(id);
  if (!user) throw notFound('user', { userEnvironment: await environmentOf(call, id) });
  return user;
}

/** The environment of the same app that has this user. Each is read through its own realm. */
async function environmentOf(
  { context, access }: Pick<ApiCall, 'context' | 'access'>,
  id: string,
): Promise<Environment | undefined> {
  const { storage } = context;
  for (const { clientId, environment, realm } of await storage.appEnvironments.list(access.appId)) {
    if (clientId === access.clientId) continue;
    if (await storage.realm(realm).appUsers(clientId).find(id)) return environment;
  }
  return undefined;
}

export function isUserId(text: string): boolean {
  return ID.test(text);
}
