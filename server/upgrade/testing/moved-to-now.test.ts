import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FIXTURE_AGE_MS, movedToNow } from './moved-to-now.ts';

describe('the times of a fixture', () => {
  const madeAt = new Date(1_700_000_000_000);

  it('move as far as it takes to have been made half an hour ago, in milliseconds and in seconds', (context) => {
    context.mock.timers.enable({ apis: ['Date'], now: madeAt.getTime() + 5_000_000_000 + FIXTURE_AGE_MS });
    for (const [before, after] of [
      ["('1700000000001', NULL)", "('1705000000001', NULL)"],
      ['(1699999999999, 1700003600000)', '(1704999999999, 1705003600000)'],
      ['{"iat":1700000000,"exp":4853600000}', '{"iat":1705000000,"exp":4858600000}'],
    ] as const) {
      assert.equal(movedToNow(before, madeAt), after);
    }
  });

  for (const text of [
    "'+1700000000'",
    "'1700000000-abc'",
    "'abc_1700000000001'",
    "'sk_live_1700000000001'",
    "'$argon2id$v=19$m=1700000000,t=2'",
    'https://shop.example/1700000000?at=1700000000001',
    "'17000000000'",
    "'1600000000000'",
    "'9999999999999'",
  ]) {
    it(`are not in ${text}`, () => {
      assert.equal(movedToNow(text, madeAt), text);
    });
  }
});
