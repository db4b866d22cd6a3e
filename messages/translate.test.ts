import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createFormatters } from './formats.ts';
import { pickLanguage } from './pick-language.ts';
import { createTranslate } from './translate.ts';

/** Says one message of its own, where a key of the catalogue would tie the test to its words. */
function say(text: string, values?: Readonly<Record<string, unknown>>, tag = 'en'): unknown[] {
  const t = createTranslate(tag, () => new Map([['common.cancel', text]]), createFormatters(tag));
  const rich: (key: 'shared.common.cancel', values?: unknown) => unknown[] = t.rich;
  return rich('shared.common.cancel', values);
}

const { t } = pickLanguage(['en']);

describe('t', () => {
  it('says a message of each section', () => {
    assert.equal(t('shared.common.cancel'), 'Cancel');
    assert.equal(t('account.home.title', { name: 'Ada' }), 'Hello, Ada');
    assert.equal(t('shared.errors.too_short', { count: 8 }), 'Use at least 8 characters.');
  });

  it('takes keys that vary', () => {
    for (const field of ['name', 'email'] as const) assert.notEqual(t(`shared.fields.${field}`), '');
    const codes: readonly ('required' | 'too_short')[] = ['required', 'too_short'];
    assert.deepEqual(
      codes.map((code) => t(`shared.errors.${code}`, { count: 3 })),
      ['Fill this in.', 'Use at least 3 characters.'],
    );
  });

  it('puts values in as they are', () => {
    for (const name of ['$&', "$'$`$1$$", '{name}', '{', '}', '<b>', '#', "it's", '\u202e', '']) {
      assert.equal(t('account.home.title', { name }), `Hello, ${name}`);
    }
  });

  it('insists on every value, by name and key', () => {
    const missing = { vendor: undefined } as unknown as { vendor: string };
    assert.throws(
      () => t('popup.consent.heading', missing),
      new TypeError('no value for {vendor} in popup.consent.heading (en)'),
    );
    // @ts-expect-error a value is missing
    assert.throws(() => t('popup.consent.heading'), TypeError);
    // @ts-expect-error another value than the message takes
    assert.throws(() => t('popup.consent.heading', { shop: 'x' }), TypeError);
  });

  it('knows its messages', () => {
    for (const key of [
      'shared.common.nothing',
      'nowhere.common.cancel',
      'shared',
      '',
      'shared.common',
      '__proto__.x',
    ]) {
      // @ts-expect-error no such message
      assert.throws(() => t(key), /^TypeError: there is no message/, key);
    }
  });

  it('does not make text of what is none', () => {
    // @ts-expect-error markup
    assert.throws(() => t('popup.consent.heading', { vendor: ['markup'] }), /is no text/);
  });

  it('reads a section once, and only when it is needed', () => {
    const reads: string[] = [];
    const own = createTranslate(
      'en',
      (section) => {
        reads.push(section);
        return new Map([
          ['common.cancel', 'a'],
          ['common.terms', 'b'],
        ]);
      },
      createFormatters('en'),
    );
    assert.deepEqual(reads, []);
    assert.equal(own('shared.common.cancel') + own('shared.common.terms') + own('shared.common.cancel'), 'aba');
    assert.deepEqual(reads, ['shared']);
  });
});

describe('t.rich', () => {
  it('keeps what it is given, in its place', () => {
    const vendor = { markup: true };
    assert.deepEqual(t.rich('popup.consent.heading', { vendor }), ['Share your details with ', vendor, '?']);
    assert.deepEqual(t.rich('shared.common.cancel'), ['Cancel']);
  });

  it('hands the words inside a tag to whoever knows what it stands for', () => {
    const terms = (chunks: unknown[]) => ({ link: chunks });
    assert.deepEqual(say('Agree to the <terms>terms of {app}</terms>.', { app: 'X', terms }), [
      'Agree to the ',
      { link: ['terms of X'] },
      '.',
    ]);
    assert.throws(() => say('<terms>x</terms>', {}), /no value for \{terms\}/);
  });
});

describe('a message', () => {
  const rows: readonly [text: string, values: Readonly<Record<string, unknown>>, tag: string, said: string][] = [
    ['{count, plural, one {# event} other {# events}}', { count: 1 }, 'en', '1 event'],
    ['{count, plural, =0 {none} one {# event} other {# events}}', { count: 0 }, 'en', 'none'],
    ['{count, plural, one {# plik} few {# pliki} many {# plików} other {# pliku}}', { count: 3 }, 'pl', '3 pliki'],
    ['{count, plural, one {# plik} few {# pliki} many {# plików} other {# pliku}}', { count: 5 }, 'pl', '5 plików'],
    ['{kind, select, past {was} other {is}}', { kind: 'past' }, 'en', 'was'],
    ['{kind, select, past {was} other {is}}', { kind: 'constructor' }, 'en', 'is'],
    ['{when, date, medium}', { when: new Date('2026-11-29T23:59:00Z') }, 'en', 'Nov 29, 2026'],
    ['{count, number}', { count: 1234.5 }, 'de', '1.234,5'],
    ["'{'{name}'}' isn''t script-src 'self'", { name: 'x' }, 'en', "{x} isn't script-src 'self'"],
    ["'<signup-with-platform>' < 3 > 2", {}, 'en', '<signup-with-platform> < 3 > 2'],
  ];
  for (const [text, values, tag, said] of rows)
    it(`${text} with ${JSON.stringify(values)} in ${tag}`, () => assert.deepEqual(say(text, values, tag), [said]));
});
