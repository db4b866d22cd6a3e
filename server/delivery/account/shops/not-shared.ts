import { claimsOfField, type Field } from '@signup-with-platform/protocol';
import type { FieldCatalogue } from '#domain/claims/catalogue.ts';
import { shownValue } from '#domain/consent/answers.ts';
import { declinedFields } from '#domain/consent/share-field.ts';
import type { Account } from '#storage/accounts.ts';
import type { ConnectedShop } from '#storage/connected-shops.ts';

/** What a shop asks for and does not get. */
export interface NotShared {
  field: Field;
  /** What it would get; undefined where the account knows nothing. */
  value: string | undefined;
}

/** @param language of the reader (BCP 47) */
export function notShared(
  catalogue: FieldCatalogue,
  account: Account,
  { grant, fields }: Pick<ConnectedShop, 'grant' | 'fields'>,
  language: string,
): NotShared[] {
  return declinedFields(grant)
    .filter((field) => fields.some((one) => one.field === field) && catalogue.hasField(field))
    .map((field) => ({ field, value: shownValue(catalogue, account, field, claimsOfField(field), language) }));
}
