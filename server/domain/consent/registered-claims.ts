import { CLAIMS_OF_FIELD, type Claim } from '@signup-with-platform/protocol';
import type { AppEnvironment } from '../../storage/app-environments.ts';

/** The claims that an app may ask for. */
export function registeredClaims(app: AppEnvironment): Set<Claim> {
  return new Set(app.fields.flatMap(({ field }) => CLAIMS_OF_FIELD[field]));
}
