import { errors } from 'oidc-provider';

/** Of an authorization request's parameters, as they are kept. A page's own requests have about 400. */
const MAX_PARAMETERS_LENGTH = 4_096;

/** Bounds what one request makes the server keep. @throws InvalidRequest */
export function assertModest(params: unknown): void {
  if (JSON.stringify(params ?? {}).length <= MAX_PARAMETERS_LENGTH) return;
  throw new errors.InvalidRequest(`the parameters have more than ${MAX_PARAMETERS_LENGTH} characters together`);
}
