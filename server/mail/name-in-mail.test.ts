import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pickLanguage } from '@signup-with-platform/messages';
import { NAMES_IN_MAILS } from '../../scripts/testing/hostile-inputs.ts';
import { nameInMail } from './name-in-mail.ts';

describe('a name in the text of a mail', () => {
  for (const { input, value, what } of NAMES_IN_MAILS.understood) {
    it(`is shown as text, in one line: ${what}`, () => assert.equal(nameInMail(input, pickLanguage(['en'])), value));
  }
});
