import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pickLanguage } from '@signup-with-platform/messages';
import { formatLifetime } from './mail-language.ts';

const HOUR_SECONDS = 60 * 60;

describe('how long a link works', () => {
  const rows: [seconds: number, text: string][] = [
    [60, '1 minute'],
    [5 * 60, '5 minutes'],
    [HOUR_SECONDS, '1 hour'],
    [1.5 * HOUR_SECONDS, '90 minutes'],
    [24 * HOUR_SECONDS, '24 hours'],
    [36 * HOUR_SECONDS, '36 hours'],
    [48 * HOUR_SECONDS, '2 days'],
    [7 * 24 * HOUR_SECONDS, '7 days'],
    [7 * 24 * HOUR_SECONDS + 60, '10,081 minutes'],
  ];
  for (const [seconds, text] of rows) {
    it(`is said exactly: ${text}`, () => assert.equal(formatLifetime(seconds, pickLanguage(['en'])), text));
  }

  for (const seconds of [0, 59, 61, -60, Number.NaN, Number.POSITIVE_INFINITY]) {
    it(`is not said of ${seconds} seconds`, () => {
      assert.throws(() => formatLifetime(seconds, pickLanguage(['en'])), RangeError);
    });
  }
});
