import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LANGUAGES } from '@signup-with-platform/messages';
import { en } from './en.ts';
import { notices } from './notices.ts';
import { defaultStrings, stringsFor } from './strings.ts';

test('the closest language is taken', async () => {
  for (const tag of ['nl', 'NL-be', 'nl-Latn-NL']) assert.equal((await stringsFor(tag)).language, 'nl', tag);
  for (const other of ['eo', '', undefined, 'constructor', '-', 'nld']) {
    assert.equal(await stringsFor(other), defaultStrings);
  }
});

// What is in the words themselves, the tests of messages/ hold.
for (const { tag, direction } of LANGUAGES.slice(1)) {
  test(`${tag} has every word, and is set in its direction`, async () => {
    const { language, direction: own = 'ltr', ...words } = await stringsFor(tag);
    assert.deepEqual([language, own], [tag, direction]);
    const { language: _, ...english } = { ...defaultStrings, ...en, ...notices };
    assert.deepEqual(Object.keys(words).sort(), Object.keys(english).sort());
  });
}

test('a language that does not load is English', async () =>
  assert.equal(await stringsFor('nl', new Map([['nl', () => Promise.reject(new Error('offline'))]])), defaultStrings));
