import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AddressClaim } from '@signup-with-platform/protocol';
import fc from 'fast-check';
import {
  AddressBookError,
  addressBookOf,
  addressName,
  indexOfAddress,
  MAX_ADDRESSES,
  withAddress,
  withDefault,
  without,
  withReplaced,
} from './address-book.ts';

const at = (locality: string): AddressClaim => ({ street_address: '1 Main Street', locality, country: 'NL' });
const [delft, ghent, cadiz] = [at('Delft'), at('Ghent'), at('Cádiz')];
const refusal = (code: AddressBookError['code']) => (error: unknown) =>
  error instanceof AddressBookError && error.code === code;

describe('an address book', () => {
  it('begins with the default', () => {
    assert.deepEqual(addressBookOf({}), []);
    assert.deepEqual(addressBookOf({ address: delft }), [delft]);
    assert.deepEqual(addressBookOf({ address: delft, otherAddresses: [ghent, cadiz] }), [delft, ghent, cadiz]);
  });

  const rows: [what: string, result: readonly AddressClaim[], expected: readonly AddressClaim[]][] = [
    ['adds at the end', withAddress([delft], ghent, false), [delft, ghent]],
    ['adds as the default', withAddress([delft], ghent, true), [ghent, delft]],
    ['takes the first as the default', withAddress([], ghent, false), [ghent]],
    ['replaces in its place', withReplaced([delft, ghent], 0, cadiz), [cadiz, ghent]],
    ['replaces by the same', withReplaced([delft, ghent], 1, ghent), [delft, ghent]],
    ['makes another the default', withDefault([delft, ghent, cadiz], 2), [cadiz, delft, ghent]],
    ['leaves the default one', withDefault([delft, ghent], 0), [delft, ghent]],
    ['removes the default, and the next takes its place', without([delft, ghent, cadiz], 0), [ghent, cadiz]],
    ['removes the last', without([delft], 0), []],
  ];
  for (const [what, result, expected] of rows) it(what, () => assert.deepEqual(result, expected));

  it('has each address once, whatever the order of its parts', () => {
    const same = Object.fromEntries(Object.entries(delft).reverse());
    assert.throws(() => withAddress([ghent, delft], same, false), refusal('known'));
    assert.throws(() => withReplaced([ghent, delft], 0, same), refusal('known'));
  });

  it('ends somewhere', () => {
    const full = Array.from({ length: MAX_ADDRESSES }, (_, index) => at(String(index)));
    assert.throws(() => withAddress(full, delft, false), refusal('full'));
    assert.equal(withReplaced(full, 9, delft).length, MAX_ADDRESSES);
  });
});

describe('the name of an address', () => {
  it('finds it, and nothing once it has changed', () => {
    const name = addressName('key', ghent);
    assert.match(name, /^[\w-]{22}$/);
    assert.equal(indexOfAddress([delft, ghent], 'key', name), 1);
    for (const book of [[], [delft], [delft, { ...ghent, region: 'East Flanders' }]])
      assert.throws(() => indexOfAddress(book, 'key', name), refusal('gone'));
    for (const other of ['', '0', '1', '__proto__', 'x'.repeat(10_000)])
      assert.throws(() => indexOfAddress([delft], 'key', other), refusal('gone'));
  });

  it('is the same whatever the order of the parts, and another with another key', () => {
    const reversed = Object.fromEntries(Object.entries(ghent).reverse());
    assert.equal(addressName('key', reversed), addressName('key', ghent));
    assert.notEqual(addressName('other', ghent), addressName('key', ghent));
  });

  it('tells any two addresses apart', () => {
    const part = fc.option(fc.string({ maxLength: 4 }), { nil: undefined });
    const anyAddress = fc
      .record({ street_address: part, locality: part, country: part })
      .map((parts) => JSON.parse(JSON.stringify(parts)) as AddressClaim);
    fc.assert(
      fc.property(anyAddress, anyAddress, (one, other) => {
        fc.pre(
          ['street_address', 'locality', 'country'].some(
            (name) => one[name as 'locality'] !== other[name as 'locality'],
          ),
        );
        assert.notEqual(addressName('key', one), addressName('key', other));
      }),
    );
  });
});
