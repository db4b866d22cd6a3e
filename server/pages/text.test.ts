import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatLanguage, initials } from './text.ts';

describe('initials', () => {
  const rows: readonly [name: string, initials: string][] = [
    ['Ada Lovelace', 'AL'],
    ['Bonsai & Bark', 'BB'],
    ['Augusta Ada King, Countess of Lovelace', 'AL'],
    ['ada@example.com', 'A'],
    ['ada.lovelace@example.com', 'AL'],
    ['@shop', 'S'],
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

describe('formatLanguage', () => {
  test('names the language and keeps the tag', () => assert.equal(formatLanguage('nl', 'en'), 'Dutch · nl'));
  test('keeps what is no language', () => assert.equal(formatLanguage('<b>', 'en'), '<b>'));
});
