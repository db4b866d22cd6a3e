import assert from 'node:assert/strict';
import { test } from 'node:test';
import { en } from './en.ts';
import { outputStringsFor } from './output-strings.ts';
import { defaultStrings, type Languages, type Strings, stringsFor } from './strings.ts';

const nl: Strings = { ...defaultStrings, ...en, language: 'nl' };
const languages: Languages = new Map([['nl', async () => nl]]);

test('the closest language is taken', async () => {
  assert.equal(await stringsFor('nl', languages), nl);
  assert.equal(await stringsFor('NL-be', languages), nl);
  for (const other of ['fr', '', undefined, 'constructor', '-', 'nld']) {
    assert.equal(await stringsFor(other, languages), defaultStrings);
  }
});

test('labels fall back to English', async () => {
  assert.equal((await outputStringsFor('nl')).name, 'Name');
});
