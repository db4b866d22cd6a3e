import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NETWORK_ADDRESSES } from '../../../scripts/testing/hostile-inputs.ts';
import { networkKey } from './network-key.ts';

describe('networkKey', () => {
  for (const { input, value, what } of NETWORK_ADDRESSES.understood)
    it(`counts "${input}" (${what}) as ${value}`, () => assert.equal(networkKey(input), value));

  it('is a /56 where that is wanted', () => {
    assert.equal(networkKey('2001:db8:1:2ab::7', 56), '2001:db8:1:200:0:0:0:0/56');
    assert.equal(networkKey('2001:db8:1:2ff::7', 56), networkKey('2001:db8:1:200::7', 56));
    assert.notEqual(networkKey('2001:db8:1:300::7', 56), networkKey('2001:db8:1:200::7', 56));
    assert.equal(networkKey('198.51.100.7', 56), '198.51.100.7');
  });

  it('is one key for the 130 addresses of a network from which somebody guesses', () => {
    const keys = Array.from({ length: 130 }, (_, host) => networkKey(`2001:db8:1:2::${(host + 1).toString(16)}`));
    assert.deepEqual(new Set(keys), new Set(['2001:db8:1:2:0:0:0:0/64']));
  });
});
