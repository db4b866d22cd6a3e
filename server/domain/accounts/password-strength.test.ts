import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dictionary } from '@zxcvbn-ts/language-common';
import { PASSWORDS } from '../../../scripts/testing/hostile-inputs.ts';
import { isGuessable } from './password-strength.ts';

describe('isGuessable', () => {
  it('knows at least 10 000 common passwords', () => {
    const list = dictionary['passwords-common'] ?? [];
    assert.ok(new Set(list).size >= 10_000);
  });

  for (const { input, what } of PASSWORDS.refused)
    it(`guesses ${JSON.stringify(input)}: ${what}`, () => assert.ok(isGuessable(input)));
  for (const { input, what } of PASSWORDS.understood)
    it(`does not guess ${JSON.stringify(input)}: ${what}`, () => assert.ok(!isGuessable(input)));

  it('guesses what is made of what an attacker knows', () => {
    const known = ['jane.vandenberg@example.com', 'Jane', 'Vandenberg', 'Acme Garden Bank'];
    for (const password of ['Vandenberg1', 'jane.vandenberg@example.com1', 'Vandenberg2024', 'JaneVandenberg']) {
      assert.ok(isGuessable(password, known), password);
    }
    assert.ok(!isGuessable('Vandenberg-orchid-42', known));
  });
});
