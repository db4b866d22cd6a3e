import type { AppUser } from '#storage/app-users.ts';
import type { ApiCall } from '../route.ts';

export const SIGNIN_TOKEN_LIFETIME_SECONDS = 5 * 60;

/** Issues a token with which `GET /tokens/:id` reads this user once, within 5 minutes. */
export function issueSigninToken({ codes }: Pick<ApiCall, 'codes'>, user: AppUser): Promise<string> {
  return codes.create('signin', user.id, SIGNIN_TOKEN_LIFETIME_SECONDS);
}

/** Consumes a token. @returns undefined when it is unknown, used, expired or another app's, or its user is deleted or inactive */
export async function redeemSigninToken(
  { codes, users }: Pick<ApiCall, 'codes' | 'users'>,
  token: string,
): Promise<AppUser | undefined> {
  const userId = await codes.consume('signin', token);
  const user = userId === undefined ? undefined : await users.find(userId);
  return user?.active ? user : undefined;
}
