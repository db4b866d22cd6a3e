import type { FastifyRequest } from 'fastify';
import { isWithin } from '#domain/apps/address-ranges.ts';
import { hasEnded, type ManagementKey, type ManagementKeyRepository } from '#storage/management-keys.ts';
import { ApiError } from '../api-error.ts';

const CHALLENGE = { 'www-authenticate': 'Bearer realm="management API"' };

/**
 * Whose call it is: `Authorization: Bearer mk_…` or `X-Api-Key: mk_…`.
 * @throws ApiError 401 for no key, or one that does not work; 400 for two; 403 from a network that the key is not for
 */
export async function authenticate(
  keys: ManagementKeyRepository,
  request: Pick<FastifyRequest, 'headers' | 'ip'>,
): Promise<ManagementKey> {
  const key = await keys.find(presentedBy(request));
  // Whoever has an old key is told no more than somebody who guesses.
  if (!key || hasEnded(key))
    throw unauthorized(
      'invalid_management_key',
      'This key is not valid: unknown, expired or revoked. Keys begin with mk_live_ or mk_test_.',
    );
  if (key.addressRanges && !isWithin(request.ip, key.addressRanges))
    throw new ApiError(403, 'address_not_allowed', 'This key is not allowed from this network address.');
  await keys.noteUse(key);
  return key;
}

function presentedBy({ headers }: Pick<FastifyRequest, 'headers'>): string {
  const apiKey = headers['x-api-key'];
  const { authorization } = headers;
  if (apiKey !== undefined && authorization !== undefined)
    throw new ApiError(
      400,
      'invalid_request',
      'Authenticate in one way only: send Authorization or X-Api-Key, not both.',
    );
  if (typeof apiKey === 'string' && apiKey !== '') return apiKey;
  const [, token] = /^bearer +(\S+)$/i.exec(authorization?.trim() ?? '') ?? [];
  if (token === undefined)
    throw unauthorized(
      'missing_management_key',
      'Send a management key, as Authorization: Bearer mk_… or as X-Api-Key.',
    );
  return token;
}

function unauthorized(code: string, message: string): ApiError {
  return new ApiError(401, code, message, { headers: CHALLENGE });
}
