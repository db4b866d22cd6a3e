import type { Claim, Field } from '@signup-with-platform/protocol';
import type { Account } from '../../storage/accounts.ts';
import { formatAddress } from '../claims/address.ts';
import { accountClaims } from '../claims/claims.ts';
import { inputsOf } from '../claims/fields.ts';

/** A field that the account lacks and that cannot be typed in here is no question; it is left out, and not shared. */
export function isAnswerable(account: Account, field: Field, claims: readonly Claim[]): boolean {
  return shownValue(account, field, claims) !== undefined || inputsOf(field).length > 0;
}

/** Exactly what will be shared of a field, for reading. */
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
