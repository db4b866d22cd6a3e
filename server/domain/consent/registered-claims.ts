import { type Claim, claimsOfField } from '@signup-with-platform/protocol';
import type { AppEnvironment } from '../../storage/app-environments.ts';
import type { FieldCatalogue } from '../claims/catalogue.ts';

/** The claims that an app may ask for. Of the operator's own fields, those that are in the file today, and approved where that is needed. */
export function registeredClaims(
  app: Pick<AppEnvironment, 'fields' | 'approvedFields' | 'realm'>,
  catalogue: FieldCatalogue,
): Set<Claim> {
  const registered = app.fields.filter(({ field }) => catalogue.isOpenTo(field, app));
  return new Set(registered.flatMap(({ field }) => claimsOfField(field)));
}
