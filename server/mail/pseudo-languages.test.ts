import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pickLanguage } from '@signup-with-platform/messages';
import { registerPseudoLanguages } from '@signup-with-platform/messages/testing';
import { plainWords } from '@signup-with-platform/messages/testing/plain-words';
import type { Mail } from '../outbox/mail.ts';
import { accountNoticeMail } from './account-notices.ts';
import { sampleMails } from './mail-samples.ts';
import { SAMPLE_NOTICES } from './notice-samples.ts';

const TO = 'ada@example.com';
const NAMES = ['Acme', 'Fern', 'Laptop', 'CI', 'Ada', 'Eve', 'Firefox', 'Linux'];
const DATA: Readonly<Record<string, readonly string[]>> = {
  // `Intl` knows it as English.
  'en-XA': [...NAMES, 'Jan', 'hours', 'minutes', 'PM', 'UTC'],
  'ar-XB': [...NAMES, 'UTC'],
};

for (const [tag, data] of Object.entries(DATA)) {
  describe(`mails in ${tag}: every word comes from the catalogue`, () => {
    const check = ({ subject, text, button }: Mail) => {
      assert.match(text, /⟦/);
      assert.deepEqual(plainWords(`${subject}\n${text}\n${button?.label ?? ''}`, data), []);
    };
    registerPseudoLanguages();
    const language = pickLanguage([tag]);
    for (const [name, mail] of sampleMails(language, 'Acme', 'https://id.example')) it(name, () => check(mail));
    for (const notice of SAMPLE_NOTICES.filter((each) => 'app' in each)) {
      it(`notice by the operator: ${notice.kind}`, () =>
        check(accountNoticeMail(TO, language, 'Acme', 'https://id.example/account', { ...notice, by: 'operator' })));
    }
  });
}
