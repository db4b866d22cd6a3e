import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EMAILS } from '../../../scripts/testing/hostile-inputs.ts';
import { readEmailAddress } from './email-address.ts';

describe('readEmailAddress', () => {
  for (const { input, value, what } of EMAILS.understood) {
    it(`understands ${JSON.stringify(input)}: ${what}`, () => {
      assert.equal(readEmailAddress(input), value);
      assert.equal(readEmailAddress(value), value, 'what is stored is understood again');
    });
  }
  for (const { input, what } of EMAILS.refused)
    it(`refuses ${JSON.stringify(input)}: ${what}`, () => assert.equal(readEmailAddress(input), undefined));
});
