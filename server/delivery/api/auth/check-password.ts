import { unmatchableHash, verifyPassword } from '#domain/accounts/passwords.ts';
import type { AppUser } from '#storage/app-users.ts';

/**
 * Whether the user exists, is active, and has this password. Users who came through the popup have no password here.
 * Every case makes one check, so that neither the answer nor its timing reveals which it was.
 */
export async function checkPassword(
  user: Pick<AppUser, 'active' | 'passwordHash'> | undefined,
  password: string,
  verify: typeof verifyPassword = verifyPassword,
): Promise<boolean> {
  const passwordHash = user?.active ? user.passwordHash : undefined;
  const matches = await verify(password, passwordHash ?? (await unmatchableHash));
  return passwordHash !== undefined && matches;
}
