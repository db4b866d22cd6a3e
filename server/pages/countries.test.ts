import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LANGUAGES } from '@signup-with-platform/messages';
import { countriesIn } from './countries.ts';

for (const language of LANGUAGES) {
  test(`each country has a name in ${language.tag}, in its order`, () => {
    const countries = countriesIn(language.tag);
    for (const { code, name } of countries) assert.notEqual(name, code);
    const names = countries.map(({ name }) => name);
    assert.deepEqual(names, [...names].sort(new Intl.Collator(language.tag).compare));
  });
}

test('a name is in the language of the page', () => {
  assert.equal(countriesIn('nl').find(({ code }) => code === 'DE')?.name, 'Duitsland');
});
