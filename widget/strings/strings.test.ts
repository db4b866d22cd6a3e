import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { en } from './en.ts';
import { defaultStrings, LANGUAGES, stringsFor } from './strings.ts';

test('the closest language is taken', async () => {
  for (const tag of ['nl', 'NL-be', 'nl-Latn-NL']) assert.equal((await stringsFor(tag)).language, 'nl', tag);
  for (const other of ['eo', '', undefined, 'constructor', '-', 'nld']) {
    assert.equal(await stringsFor(other), defaultStrings);
  }
});

const english: Record<string, string> = { ...defaultStrings, ...en };
const placeholders = (text: string) => text.match(/\{\w+\}/g) ?? [];

for (const [tag, load] of LANGUAGES) {
  describe(tag, async () => {
    const words = (await load()).words as unknown as Record<string, string>;
    const { direction, ...texts } = words;

    it('has every word, with its placeholders, and none besides', () => {
      assert.deepEqual(Object.keys(texts).sort(), Object.keys(english).sort());
      for (const [key, text] of Object.entries(texts)) {
        assert.deepEqual(placeholders(text), placeholders(english[key] ?? ''), key);
        assert.equal(text.trim(), text);
        assert.ok(text.length > 0, key);
      }
      assert.equal(words['language'], tag);
    });

    it('is set in its direction', () => {
      const isRightToLeft = /[\u0590-\u06ff]/.test(words['failed'] ?? '');
      assert.equal(direction, isRightToLeft ? 'rtl' : undefined);
    });
  });
}
