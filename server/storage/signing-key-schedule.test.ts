import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { IdTokenAlg } from '@signup-with-platform/protocol';
import { nextChangeAt, SIGNING_KEY_RETENTION_MS, type SigningKey, scheduleOf } from './signing-key-schedule.ts';

const key = (kid: string, signsFromMs: number, alg: IdTokenAlg = 'ES256'): SigningKey => ({
  jwk: { kid, kty: 'EC', alg },
  createdAt: new Date(0),
  signsFrom: new Date(signsFromMs),
});
const END = SIGNING_KEY_RETENTION_MS;

describe('the schedule of signing keys', () => {
  const old = key('old', 100);
  const next = key('next', 1_000);
  const third = key('third', 1_500);
  const [rsa, nextRsa] = [key('rsa', 200, 'RS256'), key('nextRsa', 1_000, 'RS256')];
  const rows: [what: string, keys: SigningKey[], nowMs: number, expected: string, nextMs: number | undefined][] = [
    ['nothing', [], 0, '', undefined],
    ['one signs', [old], 500, 'old:signing', undefined],
    ['one signs although this clock is behind', [old], 50, 'old:signing', 100],
    ['another waits', [next, old], 500, 'old:signing next:waiting', 1_000],
    ['it signs from its moment on', [next, old], 1_000, 'next:signing old:retired', 1_000 + END],
    ['the one before stays while its tokens do', [old, next], 999 + END, 'next:signing old:retired', 1_000 + END],
    ['and no longer', [old, next], 1_000 + END, 'next:signing', undefined],
    ['two wait', [old, third, next], 500, 'old:signing next:waiting third:waiting', 1_000],
    ['one after the other', [old, third, next], 1_200, 'next:signing third:waiting old:retired', 1_500],
    ['each ends in its turn', [old, third, next], 1_000 + END, 'third:signing next:retired', 1_500 + END],
    ['of two at once all processes choose the same', [key('b', 7), key('a', 7)], 7, 'b:signing a:retired', 7 + END],
    ['one of each algorithm signs', [rsa, old], 500, 'old:signing rsa:signing', undefined],
    ['each follows its own', [nextRsa, rsa, old], 500, 'old:signing rsa:signing nextRsa:waiting', 1_000],
    ['and retires by its own', [rsa, nextRsa, old], 1_000, 'old:signing nextRsa:signing rsa:retired', 1_000 + END],
    ['those of one kind stay together', [rsa, next, old], 1_000, 'next:signing old:retired rsa:signing', 1_000 + END],
  ];
  for (const [what, keys, nowMs, expected, nextMs] of rows) {
    it(what, () => {
      const schedule = scheduleOf(keys, nowMs);
      assert.equal(schedule.map(({ jwk, state }) => `${jwk.kid}:${state}`).join(' '), expected);
      assert.equal(nextChangeAt(schedule, nowMs)?.getTime(), nextMs);
    });
  }
});
