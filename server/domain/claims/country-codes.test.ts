import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COUNTRY_CODES } from './country-codes.ts';

test('ISO 3166-1 has 249 codes, each once', () => {
  assert.equal(COUNTRY_CODES.length, 249);
  assert.equal(new Set(COUNTRY_CODES).size, 249);
  for (const code of COUNTRY_CODES) assert.match(code, /^[A-Z]{2}$/);
});
