import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { birthdate } from './birthdate.ts';

const { schema, range } = birthdate.inputs.birthdate;

describe('a date of birth', () => {
  const rows: readonly [title: string, text: string, isTaken: boolean][] = [
    ['a day in the past', '1990-05-17', true],
    ['a leap day', '2000-02-29', true],
    ['today', '2026-11-29', true],
    ['the day of the oldest', '1896-11-29', true],
    ['tomorrow', '2026-11-30', false],
    ['more than 130 years ago', '1896-11-28', false],
    ['a day that there is not', '1990-02-30', false],
    ['without a year', '0000-05-17', false],
    ['a year alone', '1990', false],
    ['another order', '17-05-1990', false],
    ['a time with it', '1990-05-17T00:00:00Z', false],
    ['other digits', '١٩٩٠-٠٥-١٧', false],
    ['markup', '<b>', false],
  ];
  for (const [title, text, isTaken] of rows) {
    it(`${isTaken ? 'may' : 'may not'} be ${title}`, () => {
      mock.timers.enable({ apis: ['Date'], now: Date.UTC(2026, 10, 29, 23) });
      try {
        const parsed = schema.safeParse(text);
        assert.equal(parsed.success, isTaken);
        if (!parsed.success) assert.equal(parsed.error.issues[0]?.message, 'valid_birthdate');
      } finally {
        mock.timers.reset();
      }
    });
  }

  it('may be left empty, and loses white space around it', () => {
    assert.equal(schema.parse(' '), '');
    assert.equal(schema.parse(' 1990-05-17 '), '1990-05-17');
  });

  it('has a form that offers the days that are taken', () =>
    assert.deepEqual(range(new Date('2024-02-29T12:00:00Z')), { min: '1894-03-01', max: '2024-02-29' }));
});
