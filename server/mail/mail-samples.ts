import type { Language } from '@signup-with-platform/messages';
import type { Mail } from '../outbox/mail.ts';
import { accountNoticeMail } from './account-notices.ts';
import { invitationMail } from './invitation-mail.ts';
import * as messages from './messages.ts';
import { SAMPLE_NOTICES } from './notice-samples.ts';

type Kind = keyof typeof messages | 'invitationMail' | 'resetUserPasswordByCodeMail';

const TO = 'ada@example.com';
const LIFETIME_SECONDS = 24 * 60 * 60;

/** Every mail that there is, by what it is about, for operators and tests to look at. */
export function sampleMails(language: Language, platform: string, publicUrl: string): ReadonlyMap<string, Mail> {
  const mailed = { link: `${publicUrl}/confirm?code=abc-DEF_123`, lifetimeSeconds: LIFETIME_SECONDS };
  const shop = { app: 'Fern', platform };
  // A new function of messages.ts has to be named here.
  const mails: Readonly<Record<Kind, Mail>> = {
    codeMail: messages.codeMail(TO, language, platform, { code: '492810', lifetimeSeconds: 10 * 60 }),
    confirmAddressMail: messages.confirmAddressMail(TO, language, platform, mailed),
    newAddressMail: messages.newAddressMail(TO, language, platform, mailed),
    addressKnownMail: messages.addressKnownMail(TO, language, platform),
    noAccountMail: messages.noAccountMail(TO, language, platform),
    addressInUseMail: messages.addressInUseMail(TO, language, platform),
    resetPasswordMail: messages.resetPasswordMail(TO, language, platform, mailed),
    replaceAccountMail: messages.replaceAccountMail(TO, language, platform, mailed),
    verifyUserAddressMail: messages.verifyUserAddressMail(TO, language, shop, mailed),
    resetUserPasswordMail: messages.resetUserPasswordMail(TO, language, shop, mailed),
    resetUserPasswordByCodeMail: messages.resetUserPasswordMail(TO, language, shop, {
      code: '123-456',
      lifetimeSeconds: LIFETIME_SECONDS,
    }),
    invitationMail: invitationMail(TO, language, {
      ...shop,
      inviter: 'Eve',
      inviterEmail: 'eve@example.com',
      ...mailed,
    }),
  };
  const named = Object.entries(mails).map(([kind, mail]) => [kebab(kind.replace(/Mail$/, '')), mail] as const);
  const notices = SAMPLE_NOTICES.map((notice) => {
    const withActor = 'app' in notice ? { ...notice, by: { name: 'Eve' } } : notice;
    const mail = accountNoticeMail(TO, language, platform, `${publicUrl}/account`, withActor);
    return [`notice-${notice.kind.replaceAll('_', '-')}`, mail] as const;
  });
  return new Map([...named, ...notices]);
}

const kebab = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
