import type { Account } from '../../storage/accounts.ts';
import type { DomainContext } from '../context.ts';
import { isSameAsEmail, type PasswordProblem, passwordSchema } from './credential-schemas.ts';
import { isGuessable } from './password-strength.ts';

/**
 * Checks the password that a person chooses for their account. It comes before every change of a password, and `checkSignUp` does the
 * same for a new account.
 */
export async function choosePassword(
  { config, breaches }: Pick<DomainContext, 'config' | 'breaches'>,
  input: unknown,
  { email, givenName, familyName }: Pick<Account, 'email' | 'givenName' | 'familyName'>,
): Promise<{ password: string } | { problem: PasswordProblem }> {
  const parsed = passwordSchema.safeParse(input);
  if (!parsed.success) return { problem: parsed.error.issues[0]?.message as PasswordProblem };
  const password = parsed.data;
  if (isSameAsEmail(password, email)) return { problem: 'same_as_email' };
  if (isGuessable(password, [email, givenName, familyName, config.platformName])) return { problem: 'common_password' };
  // Last, because a service may be asked, which learns of no password that is refused anyway.
  return (await breaches.has(password)) ? { problem: 'breached_password' } : { password };
}
