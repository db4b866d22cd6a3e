import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LANGUAGES } from '#strings/pick-strings.ts';
import { EMBED_STRINGS, embedStrings, isWellFormedLanguage } from './language.ts';
import { en } from './strings/en.ts';

const entriesOf = (strings: typeof en) => Object.entries({ ...strings.errors, ...strings.forgotPassword });
const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

it('speaks the languages of the popup', () => {
  assert.deepEqual([...EMBED_STRINGS.keys()].sort(), [...LANGUAGES.keys()].sort());
});

for (const [tag, strings] of EMBED_STRINGS) {
  describe(`strings in ${tag}`, () => {
    const english = new Map(entriesOf(en));

    it('have the keys and placeholders of English', () => {
      assert.deepEqual(
        entriesOf(strings)
          .map(([key]) => key)
          .sort(),
        [...english.keys()].sort(),
      );
      for (const [key, text] of entriesOf(strings)) {
        assert.deepEqual(placeholders(text), placeholders(english.get(key) ?? ''), key);
      }
    });

    it('are filled in, and are text', () => {
      for (const [key, text] of entriesOf(strings)) {
        assert.notEqual(text.trim(), '', key);
        assert.doesNotMatch(text, /[<>&]/, key);
        if (tag !== 'en') assert.notEqual(text, english.get(key), `${key} is not translated`);
      }
    });
  });
}

it('falls back: region, base, default', () => {
  const rows: [wanted: string[], found: string][] = [
    [['nl'], 'nl'],
    [['NL-be'], 'nl'],
    [['en-gb'], 'en'],
    [['de-CH-1996'], 'de'],
    [['tlh'], 'en'],
    [['ja', 'fr'], 'fr'],
    [[], 'en'],
  ];
  for (const [wanted, found] of rows) assert.equal(embedStrings(wanted), EMBED_STRINGS.get(found), wanted.join());
});

it('tells well-formed language tags from others', () => {
  for (const tag of [
    'nl',
    'en',
    'en-gb',
    'EN-GB',
    'zh-Hant-TW',
    'de-CH-1996',
    'tlh',
    'x-shop',
    'i-klingon',
    'es-419',
  ]) {
    assert.ok(isWellFormedLanguage(tag), tag);
  }
  const malformed = [
    'e',
    'en_GB',
    'en-',
    '-en',
    'english language',
    'en;q=1',
    '🇳🇱',
    'nl\u0000',
    `en-${'a'.repeat(40)}`,
  ];
  for (const tag of malformed) assert.ok(!isWellFormedLanguage(tag), tag);
});
