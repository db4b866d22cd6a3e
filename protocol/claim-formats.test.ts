import assert from 'node:assert/strict';
import { it } from 'node:test';
import { CLAIM_FORMATS, formatDate } from './claim-formats.ts';

const DATES: readonly [value: unknown, isDate: boolean][] = [
  ['1990-05-17', true],
  ['2000-02-29', true],
  ['1900-02-29', false],
  ['1990-02-30', false],
  ['1990-13-01', false],
  ['1990-5-17', false],
  ['1990', false],
  ['1990-05-17T00:00:00Z', false],
  ['', false],
  [19900517, false],
  [null, false],
];
for (const [value, isDate] of DATES) {
  it(`${JSON.stringify(value)} is ${isDate ? 'a' : 'no'} date`, () =>
    assert.equal(CLAIM_FORMATS.date.read(value), isDate ? value : undefined));
}

it('a date is written in the language of the page, and is the same day in every time zone', () => {
  const { TZ } = process.env;
  try {
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'UTC']) {
      process.env.TZ = zone;
      assert.equal(formatDate('1990-05-01', 'en'), 'May 1, 1990');
      assert.equal(formatDate('1990-05-01', 'nl'), '1 mei 1990');
    }
  } finally {
    if (TZ === undefined) delete process.env.TZ;
    else process.env.TZ = TZ;
  }
});

it('what is no date is written as it is', () => assert.equal(formatDate('<b>', 'en'), '<b>'));
