import type { Language } from '@signup-with-platform/messages';
import type { Mail } from '../outbox/outbox.ts';
import { mailLanguage } from './mail-language.ts';
import type { Notice, NoticeValues } from './notice.ts';
import { plainTextMail } from './plain-text-mail.ts';

/** @param languages BCP 47, in order of preference. @param accountLink the page on which people look after their account */
export function accountNoticeMail(
  to: string,
  languages: readonly string[],
  platformName: string,
  accountLink: string,
  notice: Notice,
): Mail {
  const language = mailLanguage(languages);
  const { t } = language;
  const platform = language.isolate(platformName);
  const values = { platform, ...valuesOf(notice, language) };
  const subject = t(`mail.notices.${notice.kind}.subject`, values);
  const text = t(`mail.notices.${notice.kind}.text`, values);
  if (!('app' in notice)) return plainTextMail(to, subject, text, t('mail.noticeParts.footer', { link: accountLink }));
  const footer = t('mail.noticeParts.appFooter', { link: `${accountLink}/apps` });
  return plainTextMail(to, subject, text, ...actor(notice.by, platform, language), footer);
}

/** Who did it, where that is known. */
function actor(by: Extract<Notice, { app: string }>['by'], platform: string, { t, isolate }: Language): string[] {
  if (by === undefined) return [];
  if (by === 'operator') return [t('mail.noticeParts.byOperator', { platform })];
  return [t('mail.noticeParts.by', { by: isolate(by.name) })];
}

/** What the words of any notice take. What one kind does not have, its words do not ask for. */
function valuesOf(notice: NoticeValues, { isolate }: Language) {
  const { from = '', to = '', name = '', app = '', address = '', member = '', environment = '', role = '' } = notice;
  return {
    from: isolate(from),
    to: isolate(to),
    name: isolate(name),
    app: isolate(app),
    address: isolate(address),
    member: isolate(member),
    environment,
    role,
    date: notice.date ?? new Date(0),
  };
}
