import { accountNoticeMail } from '../../mail/account-notices.ts';
import type { AppNotice } from '../../mail/notice.ts';
import type { AppMember } from '../../storage/app-members.ts';
import type { DomainContext } from '../context.ts';

/** Of the production realm, where the members of apps have their accounts. */
export type AppNoticeContext = Pick<DomainContext, 'storage' | 'mailer' | 'config' | 'issuer'>;

/**
 * Tells the owners of an app by mail, each in their language, what somebody has done to it: whoever did it, too, if they own it.
 * @param languages BCP 47, of who did it: for owners who have said nothing about theirs
 */
export async function notifyOwners(
  context: AppNoticeContext,
  appId: string,
  notice: AppNotice,
  languages: readonly string[],
): Promise<void> {
  await notifyMembers(context, await ownersOf(context, appId), notice, languages);
}

/** Who is told. Of an app that is about to be deleted they have to be known before. */
export async function ownersOf({ storage }: Pick<AppNoticeContext, 'storage'>, appId: string): Promise<AppMember[]> {
  return (await storage.appMembers.list(appId)).filter(({ role }) => role === 'owner');
}

/** An address that nobody has confirmed may be a stranger's: it gets none. */
export async function notifyMembers(
  { mailer, config, issuer }: AppNoticeContext,
  members: readonly AppMember[],
  notice: AppNotice,
  languages: readonly string[],
): Promise<void> {
  for (const { email, emailVerified, locale } of members) {
    if (!email || !emailVerified) continue;
    const preferred = locale ? [locale, ...languages] : languages;
    await mailer.send(accountNoticeMail(email, preferred, config.platformName, `${issuer}/account`, notice));
  }
}
