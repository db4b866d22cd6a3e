import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { messagesIn, pickLanguage, pickLanguageWith } from './index.ts';

describe('words in the place of ours', () => {
  const replaced = messagesIn('mail', { confirmAddress: { subject: 'Hallo von {platform}' } });
  const pick = pickLanguageWith('mail', new Map([['de', replaced]]));

  it('are said in their language, and ours in all others and for all else', () => {
    const subject = (tag: string) => pick([tag]).t('mail.confirmAddress.subject', { platform: 'Acme' });
    assert.equal(subject('de-AT'), 'Hallo von Acme');
    assert.equal(subject('en'), pickLanguage(['en']).t('mail.confirmAddress.subject', { platform: 'Acme' }));
    const known = (language: typeof pickLanguage) => language(['de']).t('mail.addressKnown.subject', { platform: 'A' });
    assert.equal(known(pick), known(pickLanguage));
  });

  it('are heard by nobody else', () => {
    const other = pickLanguageWith('mail', new Map());
    for (const each of [pickLanguage, other])
      assert.doesNotMatch(each(['de']).t('mail.confirmAddress.subject', { platform: 'Acme' }), /^Hallo/);
  });

  it('give no language a section that it does not speak', () => {
    assert.equal(pickLanguageWith('mail', new Map([['ja', new Map()]]))(['ja'], ['vendor']).tag, 'en');
  });

  it('are only for languages that there are', () =>
    assert.throws(() => pickLanguageWith('mail', new Map([['xx', new Map()]])), /no language xx/));
});
