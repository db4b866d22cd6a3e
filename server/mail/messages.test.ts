import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LANGUAGES, pickLanguage } from '@signup-with-platform/messages';
import {
  addressInUseMail,
  addressKnownMail,
  codeMail,
  confirmAddressMail,
  newAddressMail,
  noAccountMail,
  resetPasswordMail,
} from './messages.ts';

const DAY_SECONDS = 24 * 60 * 60;
const LINK = 'https://id.example/sandbox/confirm-email?code=abc-DEF_123';
const TO = 'ada@example.com';
const inMail = (...tags: string[]) => pickLanguage(tags, ['mail']);

describe('mails', () => {
  const subjects = new Set<string>();
  for (const { tag } of LANGUAGES) {
    it(`say in ${tag} what they are about, and hold the link, alone in its line`, () => {
      const mail = confirmAddressMail(TO, inMail(tag), 'Acme', { link: LINK, lifetimeSeconds: DAY_SECONDS });
      assert.equal(mail.to, TO);
      assert.ok(mail.text.split('\n').includes(LINK));
      assert.ok(mail.subject.includes('Acme') && mail.text.includes('Acme'));
      assert.match(mail.text, /24/, 'how long it works');
      assert.ok(!/[<>{}]|undefined/.test(mail.text + mail.subject));
      subjects.add(mail.subject);
    });

    it(`say in ${tag} that there is an account, without a link`, () => {
      const mail = addressKnownMail(TO, inMail(tag), 'Acme');
      assert.equal(mail.to, TO);
      assert.ok(mail.subject.includes('Acme') && mail.text.includes('Acme'));
      assert.ok(!/https?:|code=|[<>{}]|undefined/.test(mail.text));
      subjects.add(mail.subject);
    });

    it(`begin in ${tag} with the code, which is alone in its line, and have nothing to press`, () => {
      const mail = codeMail(TO, inMail(tag), 'Acme', { code: '492810', lifetimeSeconds: 10 * 60 });
      assert.ok(mail.subject.startsWith('492810') && mail.subject.includes('Acme'));
      assert.equal(
        mail.text
          .split('\n')
          .filter((line) => line.includes('492810'))
          .join(),
        '492810',
      );
      assert.match(mail.text, /10/, 'how long it works');
      assert.ok(!/https?:|[<>{}]|undefined/.test(mail.text + mail.subject));
      assert.deepEqual([mail.link, mail.button, mail.code], [undefined, undefined, '492810']);
      subjects.add(mail.subject);
    });

    it(`say in ${tag} how long a link works that changes an address, or a password`, () => {
      for (const [mail, hours] of [
        [newAddressMail(TO, inMail(tag), 'Acme', { link: LINK, lifetimeSeconds: DAY_SECONDS }), /24/],
        [resetPasswordMail(TO, inMail(tag), 'Acme', { link: LINK, lifetimeSeconds: 60 * 60 }), /1|ساعة/],
      ] as const) {
        assert.ok(mail.text.split('\n').includes(LINK));
        assert.ok(mail.subject.includes('Acme') && mail.text.includes('Acme'));
        assert.match(mail.text, hours);
        assert.ok(!/[<>{}]|undefined/.test(mail.text + mail.subject));
        subjects.add(mail.subject);
      }
    });

    it(`give no link in ${tag} to whoever cannot use one`, () => {
      for (const mail of [noAccountMail(TO, inMail(tag), 'Acme'), addressInUseMail(TO, inMail(tag), 'Acme')]) {
        assert.ok(mail.subject.includes('Acme') && mail.text.includes('Acme'));
        assert.ok(!/https?:|code=|[<>{}]|undefined/.test(mail.text));
        subjects.add(mail.subject);
      }
    });
  }

  it('are in no two languages alike', () => assert.equal(subjects.size, 7 * LANGUAGES.length));

  it('isolate names where they would turn the sentence around', () => {
    assert.match(addressKnownMail(TO, inMail('ar'), 'Yahoo!').subject, / \u2068Yahoo!\u2069$/);
    assert.equal(addressKnownMail(TO, inMail('en'), 'Yahoo!').subject, 'You already have an account at Yahoo!');
  });

  const rows: [languages: string[], subject: RegExp][] = [
    [['nl-BE'], /^Bevestig/],
    [['NL'], /^Bevestig/],
    [['xx', 'de-AT', 'fr'], /^Bestätigen/],
    [['ar-EG'], /^أكّد/],
    [['xx'], /^Confirm /],
    [[], /^Confirm /],
    [['constructor', '__proto__', ''], /^Confirm /],
  ];
  for (const [languages, subject] of rows) {
    it(`speak the first language of ${JSON.stringify(languages)} that they know`, () => {
      assert.match(
        confirmAddressMail(TO, inMail(...languages), 'Acme', { link: LINK, lifetimeSeconds: DAY_SECONDS }).subject,
        subject,
      );
    });
  }
});
