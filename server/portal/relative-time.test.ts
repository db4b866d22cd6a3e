import assert from 'node:assert/strict';
import { it } from 'node:test';
import { formatRelative } from './relative-time.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;

for (const [elapsed, english, german] of [
  [-5 * SECOND, 'now', 'jetzt'],
  [0, 'now', 'jetzt'],
  [59 * SECOND, 'now', 'jetzt'],
  [60 * SECOND, '1 minute ago', 'vor 1 Minute'],
  [59 * 60 * SECOND, '59 minutes ago', 'vor 59 Minuten'],
  [HOUR, '1 hour ago', 'vor 1 Stunde'],
  [DAY - 1, '23 hours ago', 'vor 23 Stunden'],
  [3 * DAY, '3 days ago', 'vor 3 Tagen'],
  [45 * DAY, '1 month ago', 'vor 1 Monat'],
  [800 * DAY, '2 years ago', 'vor 2 Jahren'],
] as const) {
  it(`${elapsed} ms is ${english}`, () => {
    assert.equal(formatRelative(new Date(NOW - elapsed), 'en', NOW), english);
    assert.equal(formatRelative(new Date(NOW - elapsed), 'de', NOW), german);
  });
}
