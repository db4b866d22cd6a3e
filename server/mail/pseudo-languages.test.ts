import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { registerPseudoLanguages } from '@signup-with-platform/messages/testing';
import { plainWords } from '@signup-with-platform/messages/testing/plain-words';
import type { Mail } from '../outbox/mail.ts';
import { accountNoticeMail } from './account-notices.ts';
import { invitationMail } from './invitation-mail.ts';
import * as messages from './messages.ts';
import { SAMPLE_NOTICES } from './notice-samples.ts';

const TO = 'ada@example.com';
const NAMES = ['Acme', 'Fern', 'Laptop', 'CI', 'Ada', 'Eve'];
const DATA: Readonly<Record<string, readonly string[]>> = {
  // `Intl` knows it as English.
  'en-XA': [...NAMES, 'Jan', 'hours'],
  'ar-XB': NAMES,
};
const SHOP = { app: 'Fern', platform: 'Acme' };
const MAILED = { link: 'https://id.example/confirm?code=abc', lifetimeSeconds: 24 * 60 * 60 };

/** Every mail that is no notice. A new function of messages.ts has to be named here. */
const MAILS: Readonly<Record<keyof typeof messages | 'invitationMail' | 'resetByCode', (tag: string) => Mail>> = {
  confirmAddressMail: (tag) => messages.confirmAddressMail(TO, [tag], 'Acme', MAILED),
  newAddressMail: (tag) => messages.newAddressMail(TO, [tag], 'Acme', MAILED),
  addressKnownMail: (tag) => messages.addressKnownMail(TO, [tag], 'Acme'),
  noAccountMail: (tag) => messages.noAccountMail(TO, [tag], 'Acme'),
  addressInUseMail: (tag) => messages.addressInUseMail(TO, [tag], 'Acme'),
  verifyUserAddressMail: (tag) => messages.verifyUserAddressMail(TO, [tag], SHOP, MAILED),
  resetPasswordMail: (tag) => messages.resetPasswordMail(TO, [tag], 'Acme', MAILED),
  replaceAccountMail: (tag) => messages.replaceAccountMail(TO, [tag], 'Acme', MAILED),
  resetUserPasswordMail: (tag) => messages.resetUserPasswordMail(TO, [tag], SHOP, MAILED),
  resetByCode: (tag) =>
    messages.resetUserPasswordMail(TO, [tag], SHOP, { code: '123-456', lifetimeSeconds: MAILED.lifetimeSeconds }),
  invitationMail: (tag) =>
    invitationMail(TO, [tag], { ...SHOP, inviter: 'Eve', inviterEmail: 'eve@example.com', ...MAILED }),
};

for (const [tag, data] of Object.entries(DATA)) {
  describe(`mails in ${tag}: every word comes from the catalogue`, () => {
    registerPseudoLanguages();
    const check = ({ subject, text }: Mail) => {
      assert.match(text, /⟦/);
      assert.deepEqual(plainWords(`${subject}\n${text}`, data), []);
    };
    for (const [name, mail] of Object.entries(MAILS)) it(name, () => check(mail(tag)));
    for (const notice of SAMPLE_NOTICES) {
      it(`notice: ${notice.kind}`, () => {
        const withActor = 'app' in notice ? { ...notice, by: { name: 'Eve' } } : notice;
        check(accountNoticeMail(TO, [tag], 'Acme', 'https://id.example/account', withActor));
        const byOperator = 'app' in notice ? { ...notice, by: 'operator' as const } : notice;
        check(accountNoticeMail(TO, [tag], 'Acme', 'https://id.example/account', byOperator));
      });
    }
  });
}
