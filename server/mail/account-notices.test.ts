import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type AccountNotice, accountNoticeMail, type NoticeTexts } from './account-notices.ts';
import { ar } from './notices/ar.ts';
import { de } from './notices/de.ts';
import { en } from './notices/en.ts';
import { es } from './notices/es.ts';
import { fr } from './notices/fr.ts';
import { nl } from './notices/nl.ts';

const LINK = 'https://id.example/account';
const all: Record<string, NoticeTexts> = { en, nl, de, fr, es, ar };
const mail = (language: string, notice: AccountNotice, platform = 'Acme') =>
  accountNoticeMail('ada@example.com', [language], platform, LINK, notice);
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([match]) => match).sort();

describe('notices about an account', () => {
  for (const [tag, texts] of Object.entries(all)) {
    it(`say the same in ${tag}`, () => {
      assert.deepEqual(Object.keys(texts).sort(), Object.keys(en).sort());
      for (const [kind, english] of Object.entries(en)) {
        const own = texts[kind as keyof NoticeTexts];
        for (const [a, b] of typeof english === 'string' || typeof own === 'string'
          ? [[english, own]]
          : [
              [english.subject, own.subject],
              [english.text, own.text],
            ]) {
          assert.deepEqual(placeholders(String(b)), placeholders(String(a)), kind);
          assert.notEqual(String(b).trim(), '');
          if (tag !== 'en') assert.notEqual(b, a, `${kind} is translated`);
        }
      }
    });

    it(`tell in ${tag} where to see to it`, () => {
      const { text, subject } = mail(tag, { kind: 'email_changed', from: 'old@example.com', to: 'new@example.com' });
      assert.ok(text.split('\n').includes(LINK));
      assert.ok(text.includes('old@example.com') && text.includes('new@example.com') && subject.includes('Acme'));
      assert.doesNotMatch(text + subject, /[{}]|undefined/);
    });
  }

  it('speak the first language that they know, else English', () => {
    const subject = (languages: string[]) =>
      accountNoticeMail('a@example.com', languages, 'Acme', LINK, { kind: 'password_changed' }).subject;
    assert.match(subject(['xx', 'nl-BE', 'de']), /^Je wachtwoord/);
    assert.match(subject(['constructor', '__proto__']), /^Your Acme password/);
  });

  it('keep what somebody typed in its place', () => {
    const name = 'x\r\nBcc: eve@evil.example\u2028\u202e {link} {to}';
    const { subject, text } = mail('en', { kind: 'api_key_created', app: name, environment: 'production', name });
    for (const part of [subject, ...text.split('\n')]) assert.doesNotMatch(part, /^Bcc|[\r\u2028\u202e]/);
    assert.doesNotMatch(subject, /\n/);
    assert.equal(text.split(LINK).length, 2, 'a placeholder in a name stays as it was typed');
  });
});
