import type { RealmContext } from '../http/realm-context.ts';
import { USER_CODE_PARAMETER } from './device-codes.ts';
import { PROVIDER_ROUTES } from './provider-routes.ts';

/** Where a request is made again. @param params of an authorization request, or the code of a device that a person has typed */
export function authorizationUrl(
  { issuer }: Pick<RealmContext, 'issuer'>,
  params: Readonly<Record<string, unknown>>,
): string {
  const { [USER_CODE_PARAMETER]: userCode } = params;
  if (typeof userCode === 'string') {
    const typed = new URLSearchParams({ [USER_CODE_PARAMETER]: userCode });
    return `${issuer}${PROVIDER_ROUTES.code_verification}?${typed}`;
  }
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (typeof value === 'string') query.set(name, value);
  return `${issuer}${PROVIDER_ROUTES.authorization}?${query}`;
}
