import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accountNoticeMail } from './account-notices.ts';
import { ar } from './notices/ar.ts';
import { de } from './notices/de.ts';
import { en } from './notices/en.ts';
import { es } from './notices/es.ts';
import { fr } from './notices/fr.ts';
import { nl } from './notices/nl.ts';
import type { AccountNotice, AppNotice, NoticeTexts } from './notices/notice.ts';

const LINK = 'https://id.example/account';
const all: Record<string, NoticeTexts> = { en, nl, de, fr, es, ar };
/** Every text by its path. */
function flatten(value: unknown, path = ''): Map<string, string> {
  if (typeof value === 'string') return new Map([[path, value]]);
  return new Map(
    Object.entries(value as Record<string, unknown>).flatMap(([key, inner]) => [...flatten(inner, `${path}.${key}`)]),
  );
}
const mail = (language: string, notice: AccountNotice | AppNotice, platform = 'Acme') =>
  accountNoticeMail('ada@example.com', [language], platform, LINK, notice);
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([match]) => match).sort();

describe('notices about an account', () => {
  for (const [tag, texts] of Object.entries(all)) {
    it(`say the same in ${tag}`, () => {
      const [english, own] = [flatten(en), flatten(texts)];
      assert.deepEqual([...own.keys()].sort(), [...english.keys()].sort());
      for (const [path, text] of own) {
        assert.deepEqual(placeholders(text), placeholders(english.get(path) ?? ''), path);
        assert.notEqual(text.trim(), '');
        if (tag !== 'en') assert.notEqual(text, english.get(path), `${path} is translated`);
      }
    });

    it(`tell in ${tag} who did what to an app, in that language`, () => {
      const by = { name: 'Eve\u202e' };
      const { text, subject } = mail(tag, {
        kind: 'member_role_changed',
        app: 'Fern',
        member: 'Ada',
        role: 'owner',
        by,
      });
      for (const part of ['Fern', 'Ada', texts.roles.owner, texts.by.replace('{by}', 'Eve')])
        assert.ok(text.includes(part));
      assert.ok(text.split('\n').includes(`${LINK}/apps`));
      assert.doesNotMatch(text + subject, /[{}\u202e]|undefined/);
      const operator = mail(tag, { kind: 'app_disabled', app: 'Fern', by: 'operator' }).text;
      assert.ok(operator.includes(texts.byOperator.replace('{platform}', 'Acme')));
      assert.ok(!mail(tag, { kind: 'member_added', app: 'Fern', member: 'Ada' }).text.includes(texts.by.slice(0, 8)));
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
