import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PHONE_NUMBERS } from '../../../scripts/testing/hostile-inputs.ts';
import { readPhoneNumber } from './phone-number.ts';

describe('readPhoneNumber', () => {
  for (const { input, value, what } of PHONE_NUMBERS.understood) {
    it(`understands ${JSON.stringify(input)}: ${what}`, () => {
      assert.equal(readPhoneNumber(input.text, input.country), value);
      assert.equal(readPhoneNumber(value, input.country), value, 'what is stored is understood again');
    });
  }
  for (const { input, what } of PHONE_NUMBERS.refused) {
    it(`refuses ${JSON.stringify(input).slice(0, 60)}: ${what}`, () =>
      assert.equal(readPhoneNumber(input.text, input.country), undefined));
  }
});
