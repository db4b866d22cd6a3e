import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { offsetOfMistake, readJsonBody } from './json-body.ts';

describe('readJsonBody', () => {
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
      assert.deepEqual(readJsonBody(Buffer.from(text)), { malformedAt: { line, column } }));
  }

  it('says where it is not UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff]), Buffer.from('"}')]);
    assert.deepEqual(readJsonBody(bytes), { malformedAt: { line: 1, column: 7 } });
  });

  it('does not mind a byte order mark', () => {
    assert.deepEqual(readJsonBody(Buffer.from('\ufeff{"a":1}')), { value: { a: 1 } });
  });

  it('reads what is JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        assert.deepEqual(readJsonBody(Buffer.from(text)), { value: JSON.parse(text) });
        assert.equal(offsetOfMistake(text), text.length);
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
        const offset = offsetOfMistake(text);
        assert.ok(offset >= 0 && offset <= text.length);
        try {
          JSON.parse(text);
          assert.equal(offset, text.length);
        } catch (error) {
          const told = /at position (\d+)/.exec((error as Error).message)?.[1];
          // Inside a token the engine points at one of its characters, we at its beginning or the character that spoils it.
          if (told !== undefined) assert.ok(offset <= Number(told), `${text}: ${offset} > ${told}`);
          assert.ok(!('value' in readJsonBody(Buffer.from(text))));
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('has no bound on nesting but the length', () => {
    assert.equal(offsetOfMistake('['.repeat(100_000)), 100_000);
  });
});
