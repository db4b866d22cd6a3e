import type { Account } from '../../storage/accounts.ts';
import type { DomainContext } from '../context.ts';
import { networkAsPayer } from '../throttle/guesses.ts';
import { hashAccountPassword } from './find-by-password.ts';
import { notifyAccount } from './notify.ts';
import { hashPassword } from './passwords.ts';

/**
 * Sets the password of a person who has just authenticated. Links that were mailed before stop working, so that an intruder whom the
 * person wants to lock out cannot use them.
 *
 * @param keep the session that continues; with `endOthers`, all others end
 * @param keepPopup the popup in which it is done, where it is: its sign-in goes on, and that of every other ends
 * @returns how many sessions ended
 */
export async function changePassword(
  context: DomainContext,
  account: Account,
  password: string,
  {
    keep,
    keepPopup,
    endOthers,
    languages,
    address,
  }: {
    keep: string;
    keepPopup?: string;
    endOthers: boolean;
    /** BCP 47, in order of preference. */
    languages: readonly string[];
    /** Network address, whose place in the queue of hashes it takes. */
    address?: string;
  },
): Promise<number> {
  const { rows } = context;
  const payer = networkAsPayer(address);
  const passwordHash = await (account.email === undefined
    ? hashPassword(password, payer)
    : hashAccountPassword(context, account.email, password, payer));
  // Before and after, so that no session survives the old password, even if the process is killed in between.
  const ended = endOthers ? await rows.sessions.endAll(account.id, keep, keepPopup) : 0;
  await rows.accounts.setPasswordHash(account.id, passwordHash);
  await rows.emailCodes.revoke(account.id, 'reset_password');
  await rows.emailCodes.revoke(account.id, 'change_email');
  if (endOthers) await rows.sessions.endAll(account.id, keep, keepPopup);
  await notifyAccount(context, account, { kind: 'password_changed' }, { languages });
  return ended;
}
