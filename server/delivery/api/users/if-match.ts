import type { FastifyRequest } from 'fastify';
import type { AppUser } from '#storage/app-users.ts';
import { ApiError } from '../api-error.ts';
import { etagOf } from './get-user.ts';
import { userBody } from './user-body.ts';

/**
 * Checks If-Match with a strong comparison: the version that the caller read must be the current one (RFC 9110 section 13.1.1).
 * @returns whether the request has If-Match
 * @throws ApiError 412 when the user has changed
 */
export function assertMatches({ headers }: Pick<FastifyRequest, 'headers'>, user: AppUser): boolean {
  const wanted = headers['if-match'];
  if (wanted === undefined) return false;
  const tags = wanted.split(',').map((tag) => tag.trim());
  if (!tags.includes('*') && !tags.includes(etagOf(userBody(user)))) throw preconditionFailed();
  return true;
}

export function preconditionFailed(): ApiError {
  return new ApiError(
    412,
    'precondition_failed',
    'The user has changed since you read it. Read it again before you change it.',
  );
}
