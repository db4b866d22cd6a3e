import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pickLanguage } from './pick-language.ts';

const at = new Date('2026-11-29T23:59:00Z');
const english = pickLanguage(['en']);
const german = pickLanguage(['de']);

describe('values as a language writes them', () => {
  it('dates, in UTC wherever the server stands', () => {
    assert.equal(english.date(at), 'Nov 29, 2026');
    assert.match(english.moment(at), /^Nov 29, 2026, 11:59\sPM UTC$/);
    assert.match(english.moment(new Date('2026-11-29T05:03:00Z')), /^Nov 29, 2026, 5:03\sAM UTC$/);
    assert.equal(english.timestamp(at), 'Nov 29, 2026, 23:59:00');
  });

  it('lists and durations', () => {
    assert.equal(english.list(['a', 'b', 'c']), 'a, b, and c');
    assert.equal(german.list(['a', 'b']), 'a und b');
    assert.equal(english.series(['a', 'b', 'c']), 'a, b, c');
    assert.equal(english.duration(1, 'hour'), '1 hour');
    assert.equal(german.duration(5, 'minute'), '5 Minuten');
  });

  const now = at.getTime();
  const rows: readonly [agoMs: number, words: string][] = [
    [-60_000, 'just now'],
    [0, 'just now'],
    [59_999, 'just now'],
    [60_000, '1 minute ago'],
    [24 * 60 * 60_000 - 1, '23 hours ago'],
    [24 * 60 * 60_000, '1 day ago'],
    [400 * 24 * 60 * 60_000, '1 year ago'],
  ];
  for (const [agoMs, words] of rows)
    it(`${agoMs} ms ago: ${words}`, () => assert.equal(english.relativeTime(new Date(now - agoMs), now), words));
  it('relative times, in Hebrew without the number that its words for one and two say already', () => {
    const hebrew = pickLanguage(['he']);
    assert.equal(hebrew.relativeTime(new Date(now - 3_600_000), now), 'לפני שעה');
    assert.equal(hebrew.relativeTime(new Date(now - 7_200_000), now), 'לפני שעתיים');
    assert.equal(hebrew.relativeTime(new Date(now - 10_800_000), now), 'לפני 3 שעות');
  });
  it('relative times, in Arabic with its dual', () =>
    assert.equal(pickLanguage(['ar']).relativeTime(new Date(now - 120_000), now), 'قبل دقيقتين'));
});
