import assert from 'node:assert/strict';
import { it } from 'node:test';
import { truncateAddress } from './truncate-address.ts';

const rows: [address: string, network: string | null][] = [
  ['198.51.100.7', '198.51.100.0/24'],
  ['::ffff:198.51.100.7', '198.51.100.0/24'],
  ['2001:db8:1:2::7', '2001:db8:1::/48'],
  ['2001:db8::7', '2001:db8:0::/48'],
  ['fe80::1%eth0', 'fe80:0:0::/48'],
  ['::1', '0:0:0::/48'],
  ['unknown', null],
  ['', null],
];
for (const [address, network] of rows)
  it(`makes ${network} of "${address}"`, () => assert.equal(truncateAddress(address), network));
