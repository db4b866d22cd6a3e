import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { messagesIn, pickLanguage, replaceMessages } from './index.ts';

describe('words in the place of ours', () => {
  after(() => replaceMessages('de', 'mail', new Map()));

  it('are said in their language, and ours in all others and for all else', () => {
    const subject = (tag: string) => pickLanguage([tag]).t('mail.confirmAddress.subject', { platform: 'Acme' });
    const before = [subject('de'), subject('en')];
    replaceMessages('de', 'mail', messagesIn('mail', { confirmAddress: { subject: 'Hallo von {platform}' } }));
    assert.deepEqual([subject('de'), subject('en')], ['Hallo von Acme', before[1]]);
    assert.match(pickLanguage(['de']).t('mail.addressKnown.subject', { platform: 'Acme' }), /Acme/);
    assert.equal(pickLanguage(['de'], ['vendor']).tag, 'de');
    replaceMessages('de', 'mail', new Map());
    assert.equal(subject('de'), before[0]);
  });

  it('give no language a section that it does not speak', () => {
    replaceMessages('ja', 'mail', new Map());
    assert.equal(pickLanguage(['ja'], ['vendor']).tag, 'en');
  });

  it('are only for languages that there are', () =>
    assert.throws(() => replaceMessages('xx', 'mail', new Map()), /no language xx/));
});
