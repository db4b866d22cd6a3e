import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pickStrings } from './pick-strings.ts';

const rows: readonly [wanted: string[], tag: string][] = [
  [['nl'], 'nl'],
  [['nl-BE'], 'nl'],
  [['NL-be'], 'nl'],
  [['de_AT'], 'de'],
  [['ar-Arab-EG'], 'ar'],
  [['xx', 'fr-CA', 'de'], 'fr'],
  [['pt-BR', 'es-419'], 'es'],
  [['en-GB'], 'en'],
  [['zz'], 'en'],
  [[], 'en'],
  [['', '*', '-', 'nl;q=1', '__proto__', 'constructor'], 'en'],
];

for (const [wanted, tag] of rows) {
  test(`${JSON.stringify(wanted)} gets ${tag}`, () => assert.equal(pickStrings(wanted).tag, tag));
}
