import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { USERNAMES } from '../../../scripts/testing/hostile-inputs.ts';
import { isUsername } from './username.ts';

describe('isUsername', () => {
  for (const { input, value, what } of USERNAMES.understood) {
    it(`takes ${JSON.stringify(input)} and ${JSON.stringify(value)}: ${what}`, () => {
      assert.ok(isUsername(input));
      assert.ok(isUsername(value));
    });
  }
  for (const { input, what } of USERNAMES.refused)
    it(`refuses ${JSON.stringify(input)}: ${what}`, () => assert.ok(!isUsername(input)));
});
