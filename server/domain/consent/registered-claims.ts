import { type Claim, claimsOfField, isField } from '@signup-with-platform/protocol';
import type { AppEnvironment } from '../../storage/app-environments.ts';
import type { FieldCatalogue } from '../claims/catalogue.ts';

/**
 * The claims that an app may ask for. Of the operator's own fields, those that are in the file today; one that needs the operator's approval only
 * with it, except of test people, of whom everybody may try it out.
 */
export function registeredClaims(
  { fields, approvedFields, realm }: Pick<AppEnvironment, 'fields' | 'approvedFields' | 'realm'>,
  catalogue: FieldCatalogue,
): Set<Claim> {
  const registered = fields.filter(({ field }) => {
    if (isField(field)) return true;
    const own = catalogue.ownField(field);
    return own !== undefined && (!own.needsApproval || realm === 'sandbox' || approvedFields.includes(field));
  });
  return new Set(registered.flatMap(({ field }) => claimsOfField(field)));
}
