import assert from 'node:assert/strict';
import { it } from 'node:test';
import { languageTag } from '#http/wanted-languages.ts';
import { LANGUAGE_NAMES } from '../../../../scripts/testing/hostile-inputs.ts';
import { embedLanguage, isWellFormedLanguage } from './language.ts';

it('falls back: region, base, default', () => {
  const rows: [wanted: string[], found: string][] = [
    [['nl'], 'nl'],
    [['NL-be'], 'nl'],
    [['en-gb'], 'en'],
    [['NL_be'], 'nl'],
    [['de-CH-1996'], 'de'],
    [['tlh'], 'en'],
    [['tlh', 'fr'], 'fr'],
    [[], 'en'],
  ];
  for (const [wanted, found] of rows) assert.equal(embedLanguage(wanted).tag, found, wanted.join());
});

for (const { input, value, what } of LANGUAGE_NAMES.understood) {
  it(`takes ${input}: ${what}`, () => {
    assert.ok(isWellFormedLanguage(input));
    assert.equal(languageTag(input), value);
  });
}
for (const { input, what } of LANGUAGE_NAMES.refused)
  it(`refuses ${JSON.stringify(input).slice(0, 40)}: ${what}`, () => assert.ok(!isWellFormedLanguage(input)));

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
  const malformed = ['e', 'en-', '-en', 'english language', 'en;q=1', '🇳🇱', 'nl\u0000', `en-${'a'.repeat(40)}`];
  for (const tag of malformed) assert.ok(!isWellFormedLanguage(tag), tag);
});
