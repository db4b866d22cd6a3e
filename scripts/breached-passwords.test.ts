import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FINGERPRINT_BYTES, fingerprint } from '../server/domain/breaches/fingerprint.ts';
import { listOf } from './breached-passwords.ts';

describe('listOf', () => {
  it('is the same whatever the order, case and repetition', () => {
    const list = listOf(['trustno1!', 'flashpoint', 'TRUSTNO1!']);
    assert.deepEqual(listOf(['FlashPoint', 'trustno1!', 'flashpoint']), list);
    assert.equal(list.length, 2 * FINGERPRINT_BYTES);
  });

  it('leaves out what nobody can choose', () => {
    assert.deepEqual(listOf(['', 'short', 'flashpoint']), fingerprint('flashpoint'));
  });
});
