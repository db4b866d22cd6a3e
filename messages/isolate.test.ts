import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pickLanguage } from './pick-language.ts';

describe('a name in plain text', () => {
  const rows: readonly [name: string, tag: string, isolated: string][] = [
    ['Yahoo!', 'ar', '\u2068Yahoo!\u2069'],
    ['Yahoo!', 'en', 'Yahoo!'],
    ['Æsop & Söhne', 'de', 'Æsop & Söhne'],
    ['ليلى', 'en', '\u2068ليلى\u2069'],
    ['שלום 1', 'nl', '\u2068שלום 1\u2069'],
    ['東京', 'fr', '東京'],
    ['\u202egnp.elpmaxe\u2069', 'ar', '\u2068gnp.elpmaxe\u2069'],
    [' a\r\nBcc: b\u2028\tc\0 ', 'en', 'a Bcc: b c'],
    ['', 'en', ''],
  ];
  for (const [name, tag, isolated] of rows)
    it(`${JSON.stringify(name)} in ${tag}`, () => assert.equal(pickLanguage([tag]).isolate(name), isolated));
});
