import type { Language } from '@signup-with-platform/messages';
import type { Mail } from '../outbox/mail.ts';
import { composeMail, withButton } from './compose-mail.ts';
import { nameInMail } from './name-in-mail.ts';
import type { Notice } from './notice.ts';

/** @param accountLink the page on which people look after their account */
export function accountNoticeMail(
  to: string,
  language: Language,
  platformName: string,
  accountLink: string,
  notice: Notice,
): Mail {
  const { t } = language;
  const platform = language.isolate(platformName);
  const subject = wordsOf(notice, 'subject', platform, language);
  const text = wordsOf(notice, 'text', platform, language);
  if (!('app' in notice)) {
    const mail = composeMail(to, language, subject, text, t('mail.noticeParts.footer', { link: accountLink }));
    return withButton(mail, language, 'account', accountLink);
  }
  const link = `${accountLink}/apps`;
  const footer = t('mail.noticeParts.appFooter', { link });
  const mail = composeMail(to, language, subject, text, ...actor(notice.by, platform, language), footer);
  return withButton(mail, language, 'apps', link);
}

/** Who did it, where that is known. */
function actor(by: Extract<Notice, { app: string }>['by'], platform: string, language: Language): string[] {
  const { t } = language;
  if (by === undefined) return [];
  if (by === 'operator') return [t('mail.noticeParts.byOperator', { platform })];
  return [t('mail.noticeParts.by', { by: nameInMail(by.name, language) })];
}

/** A case for each set of values, so that the type checker compares what a notice holds with what its words take. */
function wordsOf(notice: Notice, part: 'subject' | 'text', platform: string, language: Language): string {
  const { t, isolate } = language;
  const named = (name: string) => nameInMail(name, language);
  switch (notice.kind) {
    case 'password_changed':
    case 'password_reset':
    case 'started_anew':
    case 'phone_changed':
    case 'second_factor_added':
    case 'second_factor_removed':
    case 'second_factor_guessed':
    case 'recovery_codes_replaced':
    case 'signed_out_everywhere':
    case 'data_downloaded':
    case 'deletion_cancelled':
      return t(`mail.notices.${notice.kind}.${part}`, { platform });
    case 'email_changed': {
      const { kind, from, to } = notice;
      return t(`mail.notices.${kind}.${part}`, { platform, from: isolate(from), to: isolate(to) });
    }
    case 'passkey_added':
    case 'passkey_removed':
    case 'identity_added':
    case 'identity_removed':
      return t(`mail.notices.${notice.kind}.${part}`, { platform, name: named(notice.name) });
    case 'recovery_code_used':
      return t(`mail.notices.${notice.kind}.${part}`, { platform, left: notice.left });
    case 'new_sign_in': {
      const { kind, date, browser } = notice;
      const device = browser === undefined ? t('mail.noticeParts.unknownBrowser') : isolate(browser);
      return t(`mail.notices.${kind}.${part}`, { platform, moment: language.moment(date), device });
    }
    case 'deletion_requested':
      return t(`mail.notices.${notice.kind}.${part}`, { platform, date: notice.date });
    case 'app_disabled':
    case 'app_enabled':
    case 'app_deleted':
    case 'app_approved':
    case 'app_changes_approved':
    case 'removed_from_app':
      return t(`mail.notices.${notice.kind}.${part}`, { app: named(notice.app) });
    case 'app_declined':
    case 'app_suspended':
    case 'app_changes_declined':
      return t(`mail.notices.${notice.kind}.${part}`, { app: named(notice.app), reason: isolate(notice.reason) });
    case 'app_name_approved':
      return t(`mail.notices.${notice.kind}.${part}`, { app: named(notice.app), name: named(notice.name) });
    case 'app_name_declined': {
      const { kind, app, name, reason } = notice;
      return t(`mail.notices.${kind}.${part}`, { app: named(app), name: named(name), reason: isolate(reason) });
    }
    case 'client_secret_replaced': {
      const { kind, app, environment } = notice;
      return t(`mail.notices.${kind}.${part}`, { app: named(app), environment });
    }
    case 'api_key_created':
    case 'api_key_replaced': {
      const { kind, app, environment, name } = notice;
      return t(`mail.notices.${kind}.${part}`, { app: named(app), environment, name: named(name) });
    }
    case 'origin_added':
    case 'redirect_uri_added':
    case 'signup_endpoint_changed':
    case 'webhook_failing':
    case 'webhook_disabled':
    case 'webhook_gone': {
      const { kind, app, environment, address } = notice;
      return t(`mail.notices.${kind}.${part}`, { app: named(app), environment, address: isolate(address) });
    }
    case 'member_added':
    case 'member_removed':
      return t(`mail.notices.${notice.kind}.${part}`, { app: named(notice.app), member: named(notice.member) });
    case 'member_role_changed': {
      const { kind, app, member, role } = notice;
      return t(`mail.notices.${kind}.${part}`, { app: named(app), member: named(member), role });
    }
    case 'own_role_changed':
      return t(`mail.notices.${notice.kind}.${part}`, { app: named(notice.app), role: notice.role });
  }
}
