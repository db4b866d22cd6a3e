import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LANGUAGES, pickLanguage } from '@signup-with-platform/messages';
import { accountNoticeMail } from './account-notices.ts';
import type { Notice } from './notice.ts';
import { SAMPLE_NOTICES } from './notice-samples.ts';

const LINK = 'https://id.example/account';
const mail = (language: string, notice: Notice, platform = 'Acme') =>
  accountNoticeMail('ada@example.com', pickLanguage([language]), platform, LINK, notice);

describe('notices about an account', () => {
  for (const { tag } of LANGUAGES) {
    const language = pickLanguage([tag]);
    for (const notice of SAMPLE_NOTICES) {
      it(`say all that they know in ${tag}: ${notice.kind}`, () => {
        const { text, subject } = mail(tag, notice);
        const { kind: _, ...values } = notice;
        for (const [name, value] of Object.entries(values)) {
          if (name === 'role' || name === 'environment') continue;
          const written = typeof value === 'number' ? String(value) : language.isolate(String(value));
          const shown = value instanceof Date ? language.date(value) : written;
          assert.ok(text.includes(shown), `${shown} in ${text}`);
        }
        assert.ok(subject.includes('app' in notice ? notice.app : 'Acme'), subject);
        assert.ok(text.split('\n').includes('app' in notice ? `${LINK}/apps` : LINK));
        assert.ok(text.endsWith('\n') && !text.endsWith('\n\n'));
        assert.doesNotMatch(text + subject, /[{}]|undefined|1970/);
      });
    }

    it(`tell in ${tag} who did what to an app`, () => {
      const by = { name: 'Eve\u202e' };
      const { text } = mail(tag, { kind: 'member_role_changed', app: 'Fern', member: 'Ada', role: 'owner', by });
      assert.ok(text.includes(`\n\n${language.t('mail.noticeParts.by', { by: language.isolate('Eve') })}\n\n`));
      const platform = language.isolate('Acme');
      const operator = mail(tag, { kind: 'app_disabled', app: 'Fern', by: 'operator' });
      assert.ok(operator.text.includes(`\n\n${language.t('mail.noticeParts.byOperator', { platform })}\n\n`));
    });
  }

  it('have words for each role and environment', () => {
    const roles = (['owner', 'developer', 'read-only'] as const).map(
      (role) => mail('en', { kind: 'own_role_changed', app: 'Fern', role }).text.split('\n')[0],
    );
    assert.deepEqual(
      roles,
      ['Owner', 'Developer', 'Read-only'].map((role) => `Your role at Fern is now: ${role}.`),
    );
    const environments = ['production', 'localhost', 'development:sandbox'].map(
      (environment) =>
        mail('en', { kind: 'client_secret_replaced', app: 'Fern', environment }).text.split('\n')[0] ?? '',
    );
    assert.deepEqual(
      environments,
      ['production', 'localhost', 'sandbox'].map((name) => `A new client secret was created for Fern (${name}).`),
    );
  });

  it('are not written where a value is missing', () => {
    // @ts-expect-error: without its date
    assert.throws(() => mail('en', { kind: 'deletion_requested' }), /no value for \{date\}/);
    // @ts-expect-error: without its role
    assert.throws(() => mail('en', { kind: 'own_role_changed', app: 'Fern' }), /no value for \{role\}/);
    // @ts-expect-error: without its environment
    assert.throws(() => mail('en', { kind: 'client_secret_replaced', app: 'Fern' }), /no value for \{environment\}/);
    // @ts-expect-error: without the name of its member
    assert.throws(() => mail('en', { kind: 'member_added', app: 'Fern' }), TypeError);
  });

  it('speak the first language that they know, else English', () => {
    const subject = (languages: string[]) =>
      accountNoticeMail('a@example.com', pickLanguage(languages), 'Acme', LINK, { kind: 'password_changed' }).subject;
    assert.match(subject(['xx', 'nl-BE', 'de']), /^Je wachtwoord/);
    assert.match(subject(['constructor', '__proto__']), /^Your Acme password/);
  });

  it('keep what somebody typed in its place', () => {
    const name = 'x\r\nBcc: eve@evil.example\u2028\u202e {link} {to} $&';
    const { subject, text } = mail('en', { kind: 'api_key_created', app: name, environment: 'production', name });
    for (const part of [subject, ...text.split('\n')]) assert.doesNotMatch(part, /^Bcc|[\r\u2028\u202e]/);
    assert.doesNotMatch(subject, /\n/);
    assert.equal(text.split(LINK).length, 2, 'a placeholder in a name stays as it was typed');
    assert.ok(text.replaceAll('\u200b', '').includes('x Bcc: eve@evil.example {link} {to} $&'));
    assert.doesNotMatch(text, /evil\.example/, 'no mail program makes a link of it');
  });

  it('isolate names where they would turn the sentence around', () => {
    assert.equal(mail('ar', { kind: 'app_disabled', app: 'Yahoo!' }).subject, 'تم تعطيل التطبيق \u2068Yahoo!\u2069');
    assert.match(mail('ar', { kind: 'password_changed' }, 'Acme!').subject, /\u2068Acme!\u2069$/);
  });
});
