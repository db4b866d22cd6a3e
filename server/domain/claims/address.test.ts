import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { AddressClaim } from '@signup-with-platform/protocol';
import { formatAddress } from './address.ts';

const rows: [title: string, address: AddressClaim, text: string][] = [
  [
    'every part',
    {
      street_address: '12 Canal Street\nApartment 4',
      postal_code: '1012 AB',
      locality: 'Amsterdam',
      region: 'NH',
      country: 'NL',
    },
    '12 Canal Street\nApartment 4\n1012 AB Amsterdam\nNH\nNetherlands',
  ],
  [
    'a place without postal codes',
    { street_address: '1 Main Street', locality: 'Dublin', country: 'IE' },
    '1 Main Street\nDublin\nIreland',
  ],
  ['the country alone', { country: 'nl' }, 'Netherlands'],
  ['a country that is none', { country: 'XX1' }, 'XX1'],
  ['its own form, if it has one', { formatted: 'As written', country: 'NL' }, 'As written'],
  ['nothing', {}, ''],
];
for (const [title, address, text] of rows)
  it(`formatAddress writes ${title}`, () => assert.equal(formatAddress(address, 'en'), text));

it('formatAddress names the country in the language of the reader', () => {
  assert.equal(formatAddress({ country: 'DE' }, 'de'), 'Deutschland');
  assert.equal(formatAddress({ country: 'DE' }, 'ja'), 'ドイツ');
});
