import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hasReached } from '@signup-with-platform/protocol';
import type { Account } from '../../storage/accounts.ts';
import { isOver } from './age.ts';

const BARE: Account = {
  id: 'a',
  emailVerified: false,
  blocked: false,
  signOutCount: 0,
  createdAt: new Date(0),
  updatedAt: new Date(0),
};

const rows: [born: string, now: string, is18: boolean][] = [
  ['2008-11-30', '2026-11-29T23:59:59Z', false],
  // The day has begun in Greenwich, and not yet everywhere.
  ['2008-11-30', '2026-11-30T00:00:00Z', false],
  ['2008-11-30', '2026-11-30T11:59:59Z', false],
  ['2008-11-30', '2026-11-30T12:00:00Z', true],
  ['2008-12-01', '2026-11-30T23:00:00Z', false],
  ['2008-02-29', '2026-02-28T23:59:59Z', false],
  ['2008-02-29', '2026-03-01T11:59:59Z', false],
  ['2008-02-29', '2026-03-01T12:00:00Z', true],
  ['2004-02-29', '2022-03-01T12:00:00Z', true],
  ['2009-01-01', '2027-01-01T11:00:00Z', false],
  ['2009-01-01', '2027-01-01T12:00:00Z', true],
  ['1900-01-01', '2026-11-30T00:00:00Z', true],
];

describe('hasReached', () => {
  for (const [born, now, is18] of rows)
    it(`says of somebody born on ${born} at ${now}: ${is18 ? '18' : 'not yet 18'}`, () =>
      assert.equal(hasReached(18, born, new Date(now)), is18));
});

describe('isOver', () => {
  it('says yes or no, and never the date', () => {
    const text = JSON.stringify(isOver('is_over_18').claims({ ...BARE, birthdate: '1990-05-17' }));
    assert.equal(text, '{"is_over_18":true}');
    const today = new Date().toISOString().slice(0, 10);
    assert.deepEqual(isOver('is_over_16').claims({ ...BARE, birthdate: today }), { is_over_16: false });
  });

  it('says nothing of somebody without a date of birth', () =>
    assert.deepEqual(isOver('is_over_21').claims(BARE), { is_over_21: undefined }));

  it('keeps a date that is typed in, unless the date of birth itself is typed', () => {
    const { toProfile } = isOver('is_over_18');
    assert.deepEqual(toProfile({ is_over_18: '1990-05-17' }), { birthdate: '1990-05-17' });
    assert.deepEqual(toProfile({ is_over_18: '1990-05-17', birthdate: '1991-05-17' }), {});
  });
});
