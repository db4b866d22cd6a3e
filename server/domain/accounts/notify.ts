import { accountNoticeMail } from '../../mail/account-notices.ts';
import type { AccountNotice } from '../../mail/notice.ts';
import type { Account } from '../../storage/accounts.ts';
import type { DomainContext } from '../context.ts';

/**
 * Tells the person by mail what has just been changed about their account, so that a change that was not theirs does not go unnoticed.
 * @param to an address other than the account's, such as the one it had before
 */
export async function notifyAccount(
  { mailer, config, issuer }: DomainContext,
  account: Pick<Account, 'email' | 'locale'>,
  notice: AccountNotice,
  { languages, to = account.email }: { languages: readonly string[]; to?: string | undefined },
): Promise<void> {
  if (!to) return;
  const preferred = account.locale === undefined ? languages : [account.locale, ...languages];
  await mailer.send(accountNoticeMail(to, preferred, config.platformName, `${issuer}/account`, notice));
}
