import type { AccountNotice } from '../../mail/notice.ts';
import type { Account } from '../../storage/accounts.ts';
import { type NotifyContext, notifyAccount } from '../accounts/notify.ts';

/** Mails the owner, if the address is known to be theirs: a claim to somebody's address must not fill their mailbox. */
export async function tellOwner(
  context: NotifyContext,
  account: Account,
  notice: AccountNotice,
  languages: readonly string[],
): Promise<void> {
  if (account.emailVerified) await notifyAccount(context, account, notice, { languages });
}
