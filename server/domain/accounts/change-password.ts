import type { Account } from '../../storage/accounts.ts';
import type { DomainContext } from '../context.ts';
import { notifyAccount } from './notify.ts';
import { hashPassword } from './passwords.ts';

/**
 * Sets the password of somebody who has just proven who they are. Links that were mailed before no longer work, so that an
 * intruder who made the person change the password keeps no way in.
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
  // Before and after, so that no old session outlives the old password even if the process ends in between.
  const ended = endOthers ? await rows.sessions.endAll(account.id, keep) : 0;
  await rows.accounts.setPasswordHash(account.id, passwordHash);
  await rows.emailCodes.revoke(account.id, 'reset_password');
  await rows.emailCodes.revoke(account.id, 'change_email');
  if (endOthers) await rows.sessions.endAll(account.id, keep);
  await notifyAccount(context, account, { kind: 'password_changed' }, { languages });
  return ended;
}
