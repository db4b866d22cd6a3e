import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { BodyError } from './body-error.ts';
import { readJson } from './read-json.ts';
import { scanJson } from './scan-json.ts';

/** @returns where it goes wrong, and the words for it; undefined for JSON */
function mistakeIn(text: string): BodyError | undefined {
  try {
    readJson(text, true);
    return undefined;
  } catch (error) {
    if (error instanceof BodyError) return error;
    throw error;
  }
}

describe('readJson', () => {
  const rows: [text: string, line: number, column: number][] = [
    ['', 1, 1],
    ['   ', 1, 4],
    ['{', 1, 2],
    ['{"a" 1}', 1, 6],
    ['{"a":1,}', 1, 8],
    ['[1,]', 1, 4],
    ['{a:1}', 1, 2],
    ["{'a':1}", 1, 2],
    ['{"a":01}', 1, 7],
    ['{"a":tru}', 1, 6],
    ['{"a":1}}', 1, 8],
    ['{"a":"x', 1, 8],
    ['{"a":"\u0000"}', 1, 7],
    ['{"password":\n "#9ske%ls9\\#DS1"}', 2, 12],
    ['{\r\n"a":\r\n!}', 3, 1],
    ['[[[[', 1, 5],
    ['{"a":]', 1, 6],
    ['[1}', 1, 3],
    ['"\\u12g4"', 1, 2],
  ];
  for (const [text, line, column] of rows) {
    it(`says where ${JSON.stringify(text)} goes wrong`, () =>
      assert.deepEqual(mistakeIn(text)?.position, { line, column }));
  }

  it('reads what is JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        assert.deepEqual(readJson(text, true), JSON.parse(text));
        assert.equal(scanJson(text).end, text.length);
      }),
    );
  });

  it('finds a place in whatever is none, and agrees with the engine where that tells one', () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('\\', '"', '{', ']', ',', ':', 'x', '\n', ''))
      .map(([text, at, noise]) => {
        const cut = at % (text.length + 1);
        return text.slice(0, cut) + noise + text.slice(cut + 1);
      });
    fc.assert(
      fc.property(broken, (text) => {
        const offset = scanJson(text).end;
        assert.ok(offset >= 0 && offset <= text.length);
        try {
          JSON.parse(text);
          assert.equal(offset, text.length);
        } catch (error) {
          const told = /at position (\d+)/.exec((error as Error).message)?.[1];
          // Inside a token the engine points at one of its characters, we at its beginning or the character that spoils it.
          if (told !== undefined) assert.ok(offset <= Number(told), `${text}: ${offset} > ${told}`);
          assert.ok(mistakeIn(text));
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('has no bound on nesting but the length', () => {
    assert.equal(scanJson('['.repeat(100_000)).end, 100_000);
  });

  it('says in words where it is, and never repeats a word of the body', () => {
    for (const [text, where] of [
      ['', 'The body is empty: JSON was expected.'],
      [' \n', 'The body is empty: JSON was expected.'],
      ['{"a":', 'The body is not JSON: it ends too early.'],
      ['{\n  "password": "\\#"\n}', 'The body is not JSON: look at line 2, column 16.'],
      [`{"a":"${'x'.repeat(9_000)}", b}`, 'The body is not JSON: look at line 1, column 9010.'],
    ] as const)
      assert.equal(mistakeIn(text)?.message, where);

    const secret = 'gGQlhpSl5Rpanz0m';
    const body = `{"client_id": "a", "client_secret": "${secret}"}`;
    assert.throws(() => JSON.parse(body.replace(`"${secret}"`, secret)), /gGQlhp/, 'the reason for all this');
    fc.assert(
      fc.property(fc.nat(body.length), fc.nat(body.length), fc.string({ maxLength: 3 }), (start, end, text) => {
        const broken = body.slice(0, start) + text + body.slice(Math.max(start, end));
        assert.match(
          mistakeIn(broken)?.message ?? 'The body is not JSON.',
          /^The body is (empty: JSON was expected|not JSON(: (it ends too early|look at line \d+, column \d+))?)\.$/,
        );
      }),
    );
  });
});
