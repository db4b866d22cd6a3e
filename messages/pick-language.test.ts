import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Section } from './languages.ts';
import { pickLanguage } from './pick-language.ts';

const rows: readonly [wanted: string[], tag: string, sections?: Section[]][] = [
  [['nl'], 'nl'],
  [['nl-BE'], 'nl'],
  [['NL-be'], 'nl'],
  [['de_AT'], 'de'],
  [['ar-Arab-EG'], 'ar'],
  [['xx', 'fr-CA', 'de'], 'fr'],
  [['en-GB'], 'en'],
  [['zz'], 'en'],
  [['zh-Hant-TW', 'nb', 'no'], 'en'],
  [[], 'en'],
  [['', '*', '-', 'nl;q=1', '__proto__', 'constructor'], 'en'],
  [['pt-BR', 'es-419'], 'pt', ['widget']],
  [['he-IL'], 'he', ['widget']],
  [['fr'], 'fr', ['shared', 'account', 'vendor']],
  // No pseudo-language unless a test asks for them.
  [['en-XA'], 'en'],
  [['ar-XB'], 'ar'],
];

for (const [wanted, tag, sections] of rows) {
  test(`${JSON.stringify(wanted)} gets ${tag}${sections ? ` for ${sections.join(', ')}` : ''}`, () =>
    assert.equal(pickLanguage(wanted, sections).tag, tag));
}
