import type { AccountNotice } from '../../mail/notice.ts';
import type { Account } from '../../storage/accounts.ts';
import { notifyAccount } from '../accounts/notify.ts';
import type { DomainContext } from '../context.ts';

/** Mails the owner, if the address is known to be theirs: a claim to somebody's address must not fill their mailbox. */
export async function tellOwner(
  context: DomainContext,
  account: Account,
  notice: AccountNotice,
  languages: readonly string[],
): Promise<void> {
  if (account.emailVerified) await notifyAccount(context, account, notice, { languages });
}
