import { type Account, isTestPerson } from '../../storage/accounts.ts';
import type { DomainContext } from '../context.ts';

/** Whoever does not want a new password is asked again after this time. */
const ASKED_AGAIN_AFTER_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Notes that the password with which a person has just proven who they are is breached, so that they are asked for a new one. It holds up
 * nobody: what the list does not tell at once is asked meanwhile, and counts from the next sign-in on. Nobody asks before the password is
 * known to be right, or a guess would be told to a service.
 * @returns the account as it is now
 */
export async function noteBreach(
  { rows, breaches }: Pick<DomainContext, 'rows' | 'breaches'>,
  account: Account & { passwordHash: string },
  password: string,
): Promise<Account> {
  // A test person's password is anybody's, and who is asked already has been found out.
  if (isTestPerson(account) || account.newPasswordDueAt) return account;
  const note = () => rows.accounts.wantNewPassword(account.id, account.passwordHash);
  if (!breaches.lists(password)) {
    breaches.whenFound(password, note);
    return account;
  }
  await note();
  return { ...account, newPasswordDueAt: new Date() };
}

/** Whether a person is asked for a new password now. */
export function isNewPasswordDue({ newPasswordDueAt }: Pick<Account, 'newPasswordDueAt'>): boolean {
  return newPasswordDueAt !== undefined && newPasswordDueAt.getTime() <= Date.now();
}

/** The person keeps the password for now. */
export async function keepPassword({ rows }: Pick<DomainContext, 'rows'>, { id }: Pick<Account, 'id'>): Promise<void> {
  await rows.accounts.postponeNewPassword(id, new Date(Date.now() + ASKED_AGAIN_AFTER_MS));
}
