import { accountNoticeMail } from '../../mail/account-notices.ts';
import type { AppNotice } from '../../mail/notice.ts';
import type { AppMember } from '../../storage/app-members.ts';
import type { DomainContext } from '../context.ts';

/** A context of the production realm, where members of apps have their accounts. */
export type AppNoticeContext = Pick<DomainContext, 'storage' | 'mailer' | 'config' | 'issuer'>;

/**
 * Mails the owners of an app, each in their own language, what has been done to it. An owner who did it is told too.
 * @param languages BCP 47, of the person who did it; used for owners whose language is unknown
 */
export async function notifyOwners(
  context: AppNoticeContext,
  appId: string,
  notice: AppNotice,
  languages: readonly string[],
): Promise<void> {
  await notifyMembers(context, await ownersOf(context, appId), notice, languages);
}

/** The owners of an app. Before an app is deleted, read them first. */
export async function ownersOf({ storage }: Pick<AppNoticeContext, 'storage'>, appId: string): Promise<AppMember[]> {
  return (await storage.appMembers.list(appId)).filter(({ role }) => role === 'owner');
}

/** Mails a notice to members. Unverified addresses get none, because they may be a stranger's. */
export async function notifyMembers(
  { mailer, config, issuer }: AppNoticeContext,
  members: readonly AppMember[],
  notice: AppNotice,
  languages: readonly string[],
): Promise<void> {
  for (const { email, emailVerified, locale } of members) {
    if (!email || !emailVerified) continue;
    const language = mailer.languageFor(locale ? [locale, ...languages] : languages);
    const mail = accountNoticeMail(email, language, config.platformName, `${issuer}/account`, notice);
    await mailer.send(mail, { by: 'platform' });
  }
}
