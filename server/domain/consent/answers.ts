import type { Claim, Field } from '@signup-with-platform/protocol';
import type { Account } from '../../storage/accounts.ts';
import { formatAddress } from '../claims/address.ts';
import { accountClaims } from '../claims/claims.ts';

/** Inputs of the consent page for values that the account lacks. */
export type FillInput =
  | 'given_name'
  | 'family_name'
  | 'phone_number'
  | 'street_address'
  | 'postal_code'
  | 'locality'
  | 'region'
  | 'country';
export type FillInputError = 'required' | 'too_long' | 'valid_characters' | 'valid_phone_number' | 'valid_country';

/** The inputs of each field that can be filled in on the consent page, and whether sharing the field requires them. */
export const FILL_INPUTS: Partial<Record<Field, readonly { name: FillInput; needed: boolean }[]>> = {
  name: [
    { name: 'given_name', needed: true },
    { name: 'family_name', needed: false },
  ],
  phone_number: [{ name: 'phone_number', needed: true }],
  address: [
    { name: 'street_address', needed: true },
    // Some countries have no postal codes, and most addresses need no region.
    { name: 'postal_code', needed: false },
    { name: 'locality', needed: true },
    { name: 'region', needed: false },
    { name: 'country', needed: true },
  ],
};

/** Whether a person can be asked for a field: the account has a value, or the consent page has inputs for one. */
export function isAnswerable(account: Account, field: Field, claims: readonly Claim[]): boolean {
  return shownValue(account, field, claims) !== undefined || FILL_INPUTS[field] !== undefined;
}

/** The value of a field exactly as it will be shared, as text. */
export function shownValue(account: Account, field: Field, claims: readonly Claim[]): string | undefined {
  const known = accountClaims(account);
  switch (field) {
    case 'name': {
      const parts = claims.includes('name')
        ? [known.name]
        : [claims.includes('given_name') && known.given_name, claims.includes('family_name') && known.family_name];
      return parts.filter(Boolean).join(' ') || undefined;
    }
    case 'address':
      return known.address && formatAddress(known.address);
    default:
      return known[field];
  }
}
