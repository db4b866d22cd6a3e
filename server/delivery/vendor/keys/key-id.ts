import { PortalError } from '#portal/portal-error.ts';
import type { EnvironmentCall } from '#portal/route.ts';

/** @throws PortalError `not_found` for what cannot be the id of a key */
export function keyIdOf(call: EnvironmentCall): string {
  const { keyId = '' } = call.params;
  if (!/^[\w-]{1,64}$/.test(keyId)) throw new PortalError('not_found');
  return keyId;
}
