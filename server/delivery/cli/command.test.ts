import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { assertUtf8, parseOptions, parseWord, UsageError } from './command.ts';

const OPTIONS = {
  name: { type: 'string' },
  origin: { type: 'string', multiple: true },
  verified: { type: 'boolean' },
} as const;
const UNKNOWN = 'is not an option of this command (its options: --name, --origin, --verified, --json)';
const schema = z.object({
  name: z.string().min(2, 'is too short'),
  origin: z.array(z.string()).default([]),
  verified: z.boolean().default(false),
});
const parse = (...words: string[]) => parseOptions(words, OPTIONS, schema, 'thing create --name N');

it('words that were not UTF-8 are refused, others are not', () => {
  assert.throws(() => assertUtf8(['account', 'create', '--password', 'Gr\ufffdn-lamp-42']), UsageError);
  assertUtf8(['account', 'create', '--password', 'Grün-lamp-42🔑']);
});

describe('parseOptions', () => {
  it('reads options in either form', () => {
    assert.deepEqual(parse('--name', 'Shop', '--origin', 'a', '--origin=b', '--verified'), {
      name: 'Shop',
      origin: ['a', 'b'],
      verified: true,
    });
    assert.deepEqual(parse('--name=--Shop'), { name: '--Shop', origin: [], verified: false });
  });

  const rows: [words: string[], problems: string[]][] = [
    [[], ['--name: is required']],
    [['--name', 'x'], ['--name: is too short']],
    [['--name'], ['--name: needs a value']],
    [['--name', '--verified'], ['--name: needs a value; write --name=… if the value begins with a dash']],
    [['--name', 'Shop', '--verified=yes'], ['--verified: takes no value']],
    [['--name', 'Shop', 'stray'], ['"stray": belongs to no option']],
    [['--name', 'Shop', '-x'], [`-x: ${UNKNOWN}`]],
    [['--name', 'Shop', '--', '--origin'], ['"--origin": belongs to no option']],
    [
      ['--naem', 'Shop', '--constructor', '--verified=1'],
      [
        `--naem: ${UNKNOWN}`,
        '"Shop": belongs to no option',
        `--constructor: ${UNKNOWN}`,
        '--verified: takes no value',
        '--name: is required',
      ],
    ],
  ];
  for (const [words, problems] of rows) {
    it(`names every mistake in "${words.join(' ')}"`, () => {
      assert.throws(
        () => parse(...words),
        (error: unknown) => {
          assert.ok(error instanceof UsageError);
          const expected = problems.map((problem) => `  ${problem}`).join('\n');
          assert.equal(error.message, `${expected}\n\nUsage: thing create --name N`);
          return true;
        },
      );
    });
  }

  it('does not repeat a value, which may be a secret', () => {
    assert.throws(
      () => parse('--name', '-s3cret', '--s3', 'x'),
      (error: Error) => !error.message.includes('s3cret'),
    );
  });
});

describe('parseWord', () => {
  it('reads the only word', () => assert.equal(parseWord(['abc'], 'app disable ID'), 'abc'));
  it('reads an id that begins with a dash', () => assert.equal(parseWord(['-Bc_d'], 'app disable ID'), '-Bc_d'));
  it('reads an id that begins with two', () =>
    assert.equal(parseWord(['--c_dEf-hIjKlMnOpQrStU'], 'app disable ID'), '--c_dEf-hIjKlMnOpQrStU'));
  for (const words of [['--all'], ['--all', 'a'], ['a', '--all'], ['a', '--all=x'], ['--all', '--json=1']])
    it(`names the option in ${JSON.stringify(words)}, which is no id`, () =>
      assert.throws(
        () => parseWord(words, 'app disable ID'),
        /--all: is not an option of this command \(its options: --json\)[\s\S]+Usage: app disable ID/,
      ));
  for (const words of [[], ['a', 'b'], ['']])
    it(`refuses ${JSON.stringify(words)}`, () =>
      assert.throws(() => parseWord(words, 'app disable ID'), /Usage: app disable ID/));
});
