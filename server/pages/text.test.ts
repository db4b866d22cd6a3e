import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fill, formatLanguage, formatMinutes, initials } from './text.ts';

describe('fill', () => {
  test('puts values in their places', () =>
    assert.equal(fill('{a} and {b}.', { a: 1, b: 'two' }).join(''), '1 and two.'));
  test('does not look into what it puts in', () => assert.equal(fill('{a}', { a: '{b}', b: 'x' }).join(''), '{b}'));
  test('insists on every value', () => assert.throws(() => fill('{vendor}', {}), /no value for \{vendor\}/));
});

describe('initials', () => {
  const rows: readonly [name: string, initials: string][] = [
    ['Ada Lovelace', 'AL'],
    ['Bonsai & Bark', 'BB'],
    ['Augusta Ada King, Countess of Lovelace', 'AL'],
    ['ada@example.com', 'AC'],
    ['plato', 'P'],
    ['ليلى حداد', 'لح'],
    ['\u202eevil', 'E'],
    ['e\u0301tienne', 'É'.normalize('NFD')],
    ['👩‍👩‍👧 & 🎋', ''],
    ['', ''],
  ];
  for (const [name, expected] of rows)
    test(`of ${JSON.stringify(name)}`, () => assert.equal(initials(name, 'en'), expected));
});

test('minutes are counted in the language of the page', () => {
  assert.equal(formatMinutes(1, 'en'), '1 minute');
  assert.equal(formatMinutes(5, 'de'), '5 Minuten');
});

describe('formatLanguage', () => {
  test('names the language and keeps the tag', () => assert.equal(formatLanguage('nl', 'en'), 'Dutch · nl'));
  test('keeps what is no language', () => assert.equal(formatLanguage('<b>', 'en'), '<b>'));
});
