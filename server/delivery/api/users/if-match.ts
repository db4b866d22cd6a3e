import type { AppUser } from '#storage/app-users.ts';
import { ApiError } from '../api-error.ts';
import type { ApiCall } from '../route.ts';
import { namesTag } from './entity-tags.ts';
import { etagOf } from './representation.ts';

/**
 * Checks If-Match: the version that the caller read must be the current one (RFC 9110 section 13.1.1).
 * @returns whether the request has If-Match
 * @throws ApiError 412 when it is not
 */
export function assertMatches(call: Pick<ApiCall, 'request' | 'context' | 'access'>, user: AppUser): boolean {
  const wanted = call.request.headers['if-match'];
  if (wanted === undefined) return false;
  if (!namesTag(wanted, etagOf(user, call))) throw preconditionFailed();
  return true;
}

export function preconditionFailed(): ApiError {
  return new ApiError(
    412,
    'precondition_failed',
    'If-Match does not have the current ETag of the user, with its quotation marks. If you sent the ETag that you were given, the user has ' +
      'changed since: read it again before you change it.',
  );
}
