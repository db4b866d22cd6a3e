import type { Claim, Field } from '@signup-with-platform/protocol';
import type { Account } from '../../storage/accounts.ts';
import { formatAddress } from '../claims/address.ts';
import { accountClaims } from '../claims/claims.ts';
import { inputsOf } from '../claims/fields.ts';

/** Whether a person can be asked for a field: the account has a value, or the consent page has inputs for one. */
export function isAnswerable(account: Account, field: Field, claims: readonly Claim[]): boolean {
  return isKnown(account, field, claims) || inputsOf(field).length > 0;
}

/** Whether an account has a value to share. */
export function isKnown(account: Account, field: Field, claims: readonly Claim[]): boolean {
  return shownValue(account, field, claims, 'en') !== undefined;
}

/**
 * The value of a field as it will be shared, as text for reading.
 * @param language of the reader (BCP 47), for what has a name in it, such as a country
 */
export function shownValue(
  account: Account,
  field: Field,
  claims: readonly Claim[],
  language: string,
): string | undefined {
  const known = accountClaims(account);
  switch (field) {
    case 'name': {
      const parts = claims.includes('name')
        ? [known.name]
        : [claims.includes('given_name') && known.given_name, claims.includes('family_name') && known.family_name];
      return parts.filter(Boolean).join(' ') || undefined;
    }
    case 'address':
      return known.address && formatAddress(known.address, language);
    default:
      return known[field]?.toString();
  }
}
