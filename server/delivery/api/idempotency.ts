import { ApiError } from './api-error.ts';
import type { ApiAnswer, ApiCall } from './route.ts';

const MAX_KEY_LENGTH = 255;

/**
 * Answers a repeated request as the first one was answered, for 24 hours (draft-ietf-httpapi-idempotency-key-header).
 * Errors are not kept, because a failed request changed nothing and may be corrected and sent again.
 * @throws ApiError 400 for an invalid key; 409 when the key was used for another request, or the first is still in progress
 */
export async function answerOnce(call: ApiCall, handle: () => Promise<ApiAnswer>): Promise<ApiAnswer> {
  const key = call.request.headers['idempotency-key'];
  if (key === undefined) return handle();
  if (typeof key !== 'string' || key === '' || key.length > MAX_KEY_LENGTH) {
    throw new ApiError(400, 'invalid_idempotency_key', `Idempotency-Key must have 1 to ${MAX_KEY_LENGTH} characters.`);
  }
  const keys = call.context.storage.idempotencyKeys;
  const { clientId } = call.access;
  const { method, url, body } = call.request;
  // The key salts the hash of the request, because the body may contain a password. Only a hash of the key is stored.
  const claim = await keys.claim(clientId, key, JSON.stringify([key, method, url, body]));
  switch (claim.outcome) {
    case 'answered':
      return { status: claim.status, body: claim.body, headers: { 'idempotency-replayed': 'true' } };
    case 'different':
      throw new ApiError(
        409,
        'idempotency_key_reused',
        'This Idempotency-Key was used for another request. Use a new key for each request.',
      );
    case 'under-way':
      throw new ApiError(
        409,
        'request_under_way',
        'The first request with this Idempotency-Key is still in progress. Send it again later.',
      );
  }
  try {
    const result = await handle();
    await keys.finish(clientId, key, result.status ?? 200, JSON.stringify(result.body));
    return result;
  } catch (error) {
    await keys.release(clientId, key);
    throw error;
  }
}
