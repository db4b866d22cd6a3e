import { unmatchableHash, verifyPassword } from '#domain/accounts/passwords.ts';
import type { AppUser } from '#storage/app-users.ts';

/**
 * Whether it is the password of this user, who is there, is active, and has one (those who came through the popup have none here).
 * One check is made in every case: neither the answer nor its time tells the cases apart.
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
