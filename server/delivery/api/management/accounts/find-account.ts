import type { FoundAccount } from '#storage/account-search.ts';
import { ApiError } from '../../api-error.ts';
import type { ManagementCall } from '../route.ts';

/** The account that a path names. @throws ApiError 404, also for one of the other realm, or of a vendor's app in the sandbox */
export async function findAccount({
  context,
  params,
}: Pick<ManagementCall, 'context' | 'params'>): Promise<FoundAccount> {
  const found = await context.rows.accountSearch.find(params['id'] ?? '');
  if (!found) throw noAccount();
  return found;
}

export function noAccount(): ApiError {
  return new ApiError(404, 'not_found', 'There is no such account in the realm of this key.');
}
