import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { cpuTimeMs } from '../../scripts/testing/cpu-time.ts';
import { SafePattern } from './safe-pattern.ts';

const rows: [pattern: string, matching: string[], others: string[]][] = [
  ['LC-\\d{4,8}', ['LC-1234', 'LC-12345678'], ['LC-123', 'LC-123456789', 'xLC-1234', 'LC-1234x', 'lc-1234', '']],
  ['[A-Z]{2}[0-9A-Z]{2,12}', ['NL123456789B01', 'DE12'], ['N1', 'NL1', 'nl12']],
  [
    'DE\\d{9}|NL\\d{9}B\\d{2}',
    ['DE123456789', 'NL123456789B01'],
    ['DE12345678', 'NL123456789', 'DE123456789NL123456789B01'],
  ],
  ['a?b*c+', ['c', 'ac', 'bbbcc', 'abc'], ['', 'ab', 'aac']],
  ['a*a*a{2}', ['aa', 'aaaa'], ['a', 'aab']],
  ['a{2,}', ['aa', 'aaaaaaaa'], ['a']],
  ['\\.\\-\\/\\+', ['.-/+'], ['a-/+']],
  ['[^\\d]x', ['ax', '😀x'], ['1x']],
  ['', [''], ['a']],
];

describe('SafePattern', () => {
  for (const [pattern, matching, others] of rows)
    it(`matches ${pattern} from the first to the last character`, () => {
      const safe = new SafePattern(pattern);
      for (const text of matching) assert.ok(safe.test(text), text);
      for (const text of others) assert.ok(!safe.test(text), text);
    });

  for (const pattern of [
    '(a+)+',
    'a(?=b)',
    '\\1',
    '^a$',
    '[z-a]',
    'a{3,2}',
    'a{1001}',
    '*a',
    'a**',
    '[a',
    '\\',
    '\\p{L}',
    'x'.repeat(201),
  ])
    it(`refuses ${pattern.slice(0, 20)}, and says why`, () => assert.throws(() => new SafePattern(pattern), TypeError));

  it('agrees with the engine of the language', () => {
    const atom = fc.constantFrom('a', 'b', '[ab]', '[^a]', '\\d', '\\w');
    const repeats = fc.constantFrom('', '?', '*', '+', '{2}', '{1,3}', '{0,}', '{2,}');
    const pattern = fc.array(fc.tuple(atom, repeats), { maxLength: 5 }).map((items) => items.flat().join(''));
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', '-'), maxLength: 8 });
    fc.assert(
      fc.property(pattern, pattern, text, (one, other, given) => {
        const source = `${one}|${other}`;
        assert.equal(new SafePattern(source).test(given), new RegExp(`^(?:${source})$`, 'su').test(given));
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes no longer for what ruins a backtracking engine', () => {
    const safe = new SafePattern('a*'.repeat(90));
    const took = cpuTimeMs(() => assert.ok(!safe.test(`${'a'.repeat(499)}b`)));
    assert.ok(took < 1_000, `${took} ms`);
  });
});
