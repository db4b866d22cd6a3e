import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TYPED_USER_CODES } from '../../scripts/testing/hostile-inputs.ts';
import { readUserCode, shownUserCode } from './device-codes.ts';

describe('the code that a device shows', () => {
  for (const { input, value, what } of TYPED_USER_CODES.understood)
    it(`is understood: ${JSON.stringify(input)} (${what})`, () => {
      assert.equal(readUserCode(input), value);
      assert.equal(readUserCode(shownUserCode(value)), value);
    });

  for (const { input, what } of TYPED_USER_CODES.refused)
    it(`is none: ${JSON.stringify(input)} (${what})`, () => assert.equal(readUserCode(input), undefined));
});
