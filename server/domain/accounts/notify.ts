import { accountNoticeMail } from '../../mail/account-notices.ts';
import type { AccountNotice } from '../../mail/notice.ts';
import type { Account } from '../../storage/accounts.ts';
import type { DomainContext } from '../context.ts';
import { aboutAccount } from './mail-cause.ts';

/** What a mail about an account is made with. */
export type NotifyContext = Pick<DomainContext, 'mailer' | 'config' | 'issuer' | 'realm'>;

/**
 * Mails the person a notice of a change to their account, so that they notice a change that somebody else made.
 * @param to the address to notify when it is not the account's own, such as the previous one
 */
export async function notifyAccount(
  context: NotifyContext,
  account: Pick<Account, 'id' | 'appId' | 'email' | 'locale'>,
  notice: AccountNotice,
  { languages, to = account.email }: { languages: readonly string[]; to?: string | undefined },
): Promise<void> {
  if (!to) return;
  const { mailer, config, issuer } = context;
  const language = mailer.languageFor(account.locale === undefined ? languages : [account.locale, ...languages]);
  const mail = accountNoticeMail(to, language, config.platformName, `${issuer}/account`, notice);
  await mailer.send(mail, aboutAccount(context, account));
}
