import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  cantMatch,
  matches,
  maxLength,
  minLength,
  nameCharacters,
  type Rule,
  roleLengths,
  rolesOf,
  uncommonPassword,
  usernameCharacters,
  validEmail,
} from './rules.ts';

const FAMILY = '👩‍👩‍👧‍👦';

const rows: [rule: Rule, holds: string[], breaks: string[]][] = [
  [
    validEmail,
    ['a@example.com', 'first.last+tag@sub.example.co.uk', "o'brien@example.com", 'A@EXAMPLE.COM', '1@example.nl'],
    [
      'a',
      'a@',
      '@example.com',
      'a@example',
      'a b@example.com',
      'a@@example.com',
      'a@example.com,b@example.com',
      'a@ex\u0000ample.com',
      '<a@example.com>',
      'a..b@example.com',
    ],
  ],
  [minLength(3), ['abc', '🦉🦉🦉', 'abcd', FAMILY], ['ab', '🦉🦉', 'é'.normalize('NFC').repeat(2)]],
  [maxLength(3), ['', 'abc', '🦉🦉🦉'], ['abcd', '🦉🦉🦉🦉', FAMILY]],
  [
    usernameCharacters,
    ['jane', 'Jane_Doe-1.x', '花子', 'Łukasz', 'अनिता', '٣٤٥'],
    ['a b', 'a@b', 'a/b', '<b>', 'a\u0000', 'a\u200bb', '🦉', 'a\n', "o'b", 'a*b', '\ud800'],
  ],
  [
    nameCharacters,
    ["O'Brien", 'Jean-Luc', 'María José', 'Nguyễn', '李', 'Jr.', '🦉', 'A & B'],
    ['<b>', 'a\u0000b', 'a\nb', 'a\u0085', 'a\u2028b', '\ud800', 'a>b', '\u007f'],
  ],
  [
    uncommonPassword,
    ['an engine of difference', 'Orchid-lamp-42'],
    ['password', 'PassWord', '12345678', 'qwertyuiop', 'iloveyou', 'ｐａｓｓｗｏｒｄ'],
  ],
  [
    roleLengths,
    ['', 'a', `${'🦉'.repeat(50)},b`, Array.from({ length: 50 }, (_, i) => i).join()],
    ['🦉'.repeat(51), Array.from({ length: 51 }, (_, i) => i).join()],
  ],
];

describe('rules', () => {
  for (const [rule, holds, breaks] of rows) {
    for (const value of holds)
      it(`${rule.name} holds: ${JSON.stringify(value)}`, () => assert.ok(rule.holds(value, {})));
    for (const value of breaks)
      it(`${rule.name} is broken: ${JSON.stringify(value)}`, () => assert.ok(!rule.holds(value, {})));
  }

  it('count code points at both ends', () => {
    for (const length of [8, 100, 128, 254]) {
      for (const character of ['a', '🦉']) {
        assert.ok(minLength(length).holds(character.repeat(length), {}));
        assert.ok(!minLength(length).holds(character.repeat(length - 1), {}));
        assert.ok(maxLength(length).holds(character.repeat(length), {}));
        assert.ok(!maxLength(length).holds(character.repeat(length + 1), {}));
      }
    }
  });

  it('compare with other parameters', () => {
    assert.ok(matches('password').holds('Same', { password: 'Same' }));
    for (const password of ['same', 'Same ', undefined]) assert.ok(!matches('password').holds('Same', { password }));
    for (const username of ['Jane', 'JANE']) assert.ok(!cantMatch('username').holds('jANE', { username }));
    for (const username of ['Jane1', undefined]) assert.ok(cantMatch('username').holds('Jane', { username }));
  });

  it('say their names as the contract has them', () => {
    const names = [
      minLength(8),
      maxLength(128),
      matches('password'),
      cantMatch('username'),
      validEmail,
      uncommonPassword,
    ];
    assert.deepEqual(
      names.map(({ name }) => name),
      [
        'min_length[8]',
        'max_length[128]',
        'matches[password]',
        'cant_match[username]',
        'valid_email',
        'uncommon_password',
      ],
    );
  });

  it('read roles once each', () => {
    assert.deepEqual(rolesOf(' a, b ,,a,'), ['a', 'b']);
    assert.deepEqual(rolesOf(''), []);
  });
});
