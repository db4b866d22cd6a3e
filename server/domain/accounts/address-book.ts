import { createHmac } from 'node:crypto';
import type { AddressClaim } from '@signup-with-platform/protocol';
import type { Account } from '../../storage/accounts.ts';

/** More than anybody needs. The limit bounds the size of the row. */
export const MAX_ADDRESSES = 10;

/** An account's addresses. The first is the default, which vendors get. */
export type AddressBook = readonly AddressClaim[];

/** Thrown when a change of addresses is not possible. */
export class AddressBookError extends Error {
  override name = 'AddressBookError';
  readonly code: 'gone' | 'full' | 'known';

  /**
   * @param code `gone`: the address has been changed or removed; `full`: there are {@link MAX_ADDRESSES} already; `known`: the address
   * is in the book already
   */
  constructor(code: AddressBookError['code']) {
    super(code);
    this.code = code;
  }
}

export function addressBookOf({
  address,
  otherAddresses = [],
}: Pick<Account, 'address' | 'otherAddresses'>): AddressBook {
  return [...(address ? [address] : []), ...otherAddresses];
}

/**
 * Names an address by a hash of its content. A page that was rendered before the address changed sends a name that no longer exists, so
 * its request is refused instead of changing another address.
 *
 * @param key a secret of this server, because names appear in logs and addresses can be guessed
 */
export function addressName(key: string, address: AddressClaim): string {
  return createHmac('sha256', key)
    .update(`address\n${contentOf(address)}`)
    .digest('base64url')
    .slice(0, 22);
}

/** @throws AddressBookError `gone` */
export function indexOfAddress(book: AddressBook, key: string, name: string): number {
  const index = book.findIndex((address) => addressName(key, address) === name);
  if (index === -1) throw new AddressBookError('gone');
  return index;
}

/** @param asDefault true for the first address in any case. @throws AddressBookError `full`, `known` */
export function withAddress(book: AddressBook, address: AddressClaim, asDefault: boolean): AddressBook {
  if (book.length >= MAX_ADDRESSES) throw new AddressBookError('full');
  refuseKnown(book, address);
  return asDefault ? [address, ...book] : [...book, address];
}

/** @throws AddressBookError `known` when another address has the same content */
export function withReplaced(book: AddressBook, index: number, address: AddressClaim): AddressBook {
  refuseKnown(book.toSpliced(index, 1), address);
  return book.with(index, address);
}

/** Removes an address. When it was the default, the next one becomes the default. */
export function without(book: AddressBook, index: number): AddressBook {
  return book.toSpliced(index, 1);
}

export function withDefault(book: AddressBook, index: number): AddressBook {
  return [...book.slice(index, index + 1), ...book.toSpliced(index, 1)];
}

function refuseKnown(book: AddressBook, address: AddressClaim): void {
  const content = contentOf(address);
  if (book.some((other) => contentOf(other) === content)) throw new AddressBookError('known');
}

/** The content as text, which does not depend on the order of the parts. */
function contentOf(address: AddressClaim): string {
  return JSON.stringify(Object.entries(address).sort(([one], [other]) => (one < other ? -1 : 1)));
}
