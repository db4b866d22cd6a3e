import assert from 'node:assert/strict';
import { it } from 'node:test';
import { hintOf } from './safe-text.ts';

it('a hint repeats words that a developer knows, and no text of a stranger', () => {
  const rows: [text: string, sent: Record<string, unknown>, hint: string][] = [
    ["fields: 'shoe_size' is not a claim", { fields: 'email shoe_size' }, "fields: 'shoe_size' is not a claim"],
    ["fields: 'call+31201234567' is unknown", { fields: 'email call+31201234567' }, "fields: '…' is unknown"],
    ["theme: 'pay at evil.example' is none", { theme: 'pay at evil.example' }, "theme: '…' is none"],
    ['state: must not be empty', { state: '' }, 'state: must not be empty'],
    [
      'unknown prompt value(s) provided: https://evil.example',
      { prompt: 'https://evil.example' },
      'unknown prompt value(s) provided: …',
    ],
  ];
  for (const [text, sent, hint] of rows) assert.equal(hintOf(text, sent), hint);
});
