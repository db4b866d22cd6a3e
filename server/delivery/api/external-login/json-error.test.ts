import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { describeJsonError } from './json-error.ts';

describe('describeJsonError', () => {
  for (const [text, where] of [
    ['', 'is empty'],
    [' \n', 'is empty'],
    ['{', 'ends too early|line 1, column 2'],
    ['{"a":', 'ends too early'],
    ['{"a":x}', 'line 1, column 6'],
    ['{a:1}', 'line 1, column 2'],
    ["{'a':1}", 'line 1, column 2'],
    ['{"a":1,}', 'line 1, column 8'],
    ['[1,]', 'line 1, column 4'],
    ['{"a":1}x', 'line 1, column 8'],
    ['{\n  "a": 1\n  "b": 2\n}', 'line 3, column 3'],
    ['{\n  "password": "\\#"\n}', 'line 2, column 17'],
    ['{\r\n"a": tru }', 'line 2, column 9'],
    [`{"a":"${'x'.repeat(9_000)}", b}`, 'line 1, column 9010'],
  ] as const) {
    it(`finds the place in ${JSON.stringify(text.slice(0, 24))}`, () => {
      assert.match(describeJsonError(text), new RegExp(`^The body.*(${where})`));
    });
  }

  it('never repeats a word of the body, which may hold a secret', () => {
    const secret = 'gGQlhpSl5Rpanz0m';
    const body = `{"client_id": "a", "client_secret": "${secret}"}`;
    assert.throws(() => JSON.parse(body.replace(`"${secret}"`, secret)), /gGQlhp/, 'the reason for all this');
    fc.assert(
      fc.property(fc.nat(body.length), fc.nat(body.length), fc.string({ maxLength: 3 }), (start, end, text) => {
        const broken = body.slice(0, start) + text + body.slice(Math.max(start, end));
        assert.match(
          describeJsonError(broken),
          /^The body is (empty: JSON was expected|not JSON(: (it ends too early|look at line \d+, column \d+))?)\.$/,
        );
      }),
    );
  });
});
