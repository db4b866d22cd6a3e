import type { FastifyRequest } from 'fastify';
import type { AppUser } from '#storage/app-users.ts';
import { ApiError } from '../api-error.ts';
import { etagOf } from './get-user.ts';
import { userBody } from './user-body.ts';

/**
 * Compares strongly: what was read must be, byte for byte, what is there (RFC 9110 section 13.1.1).
 * @returns whether the request asks for it at all
 * @throws ApiError 412 when the user is not as the caller knows it
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
    'The user has changed since it was read. Read it again, then decide.',
  );
}
