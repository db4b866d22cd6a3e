import type { Account } from '../../storage/accounts.ts';
import type { DomainContext } from '../context.ts';
import { notifyAccount } from './notify.ts';
import { hashPassword } from './passwords.ts';

/**
 * Sets the password of somebody who has just proven who they are. Links that were mailed before work no more: whoever changes a
 * password because somebody else was in the account must not be followed by what that one has left behind.
 *
 * @param keep the session that goes on; the others end with `endOthers`
 * @returns how many sessions ended
 */
export async function changePassword(
  context: DomainContext,
  account: Account,
  password: string,
  {
    keep,
    endOthers,
    languages,
  }: {
    keep: string;
    endOthers: boolean;
    /** BCP 47, in order of preference. */
    languages: readonly string[];
  },
): Promise<number> {
  const { rows } = context;
  const passwordHash = await hashPassword(password);
  // Before and after: whatever ends us in between, no session of before outlives the old password.
  const ended = endOthers ? await rows.sessions.endAll(account.id, keep) : 0;
  await rows.accounts.setPasswordHash(account.id, passwordHash);
  await rows.emailCodes.revoke(account.id, 'reset_password');
  await rows.emailCodes.revoke(account.id, 'change_email');
  if (endOthers) await rows.sessions.endAll(account.id, keep);
  await notifyAccount(context, account, { kind: 'password_changed' }, { languages });
  return ended;
}
