import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { afterDays, endOfDay, keyState } from './keys.ts';

const NOW = Date.parse('2026-02-27T15:00:00Z');
const MINUTE_MS = 60_000;

describe('the state of a key', () => {
  const rows = [
    ['active', {}],
    ['active', { expiresAt: new Date(afterDays(14, NOW).getTime() + 1) }],
    ['expires_soon', { expiresAt: afterDays(14, NOW) }],
    ['expires_soon', { expiresAt: new Date(NOW + 1) }],
    ['expired', { expiresAt: new Date(NOW) }],
    ['replaced', { expiresAt: new Date(NOW + 1), replacedAt: new Date(NOW - MINUTE_MS) }],
    ['expired', { expiresAt: new Date(NOW), replacedAt: new Date(NOW - MINUTE_MS) }],
  ] as const;
  for (const [state, key] of rows) {
    it(`${state}: ${JSON.stringify(key)}`, () => assert.equal(keyState(key, NOW), state));
  }
});

describe('a date as the end of a key', () => {
  const rows: [date: string, end: string | undefined][] = [
    ['2026-02-27', '2026-02-28T00:00:00.000Z'],
    ['2028-02-29', '2028-03-01T00:00:00.000Z'],
    ['2026-02-26', undefined],
    ['2026-02-30', undefined],
    ['2027-02-29', undefined],
    ['2026-13-01', undefined],
    ['9999-12-31', undefined],
    ['26-02-28', undefined],
    ['2026-03-01T00:00', undefined],
    ['tomorrow', undefined],
    ['', undefined],
  ];
  for (const [date, end] of rows) {
    it(`"${date}": ${end}`, () => assert.equal(endOfDay(date, NOW)?.toISOString(), end));
  }
});
