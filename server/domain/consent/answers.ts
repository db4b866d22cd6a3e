import type { Claim, Field } from '@signup-with-platform/protocol';
import type { Account } from '../../storage/accounts.ts';
import { formatAddress } from '../claims/address.ts';
import type { FieldCatalogue } from '../claims/catalogue.ts';

/** Whether a person can be asked for a field: the account has a value, or the consent page has inputs for one. */
export function isAnswerable(
  catalogue: FieldCatalogue,
  account: Account,
  field: Field,
  claims: readonly Claim[],
): boolean {
  return isKnown(catalogue, account, field, claims) || catalogue.inputsOf(field).length > 0;
}

/** Whether an account has a value to share. */
export function isKnown(catalogue: FieldCatalogue, account: Account, field: Field, claims: readonly Claim[]): boolean {
  return shownValue(catalogue, account, field, claims, 'en') !== undefined;
}

/**
 * The value of a field as it will be shared, as text for reading.
 * @param language of the reader (BCP 47), for what has a name in it, such as a country
 */
export function shownValue(
  catalogue: FieldCatalogue,
  account: Account,
  field: Field,
  claims: readonly Claim[],
  language: string,
): string | undefined {
  const known = catalogue.claimsOfAccount(account);
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
