import { ApiError } from './api-error.ts';
import type { ApiAnswer, ApiCall } from './route.ts';

const MAX_KEY_LENGTH = 255;

/**
 * Answers a repeated request as the first one was answered, for 24 hours (draft-ietf-httpapi-idempotency-key-header).
 * Refusals are not kept: a request that changed nothing may be mended and sent again.
 * @throws ApiError 400 for a key that is none, 409 when it was used for another request, or the first is still under way
 */
export async function answerOnce(call: ApiCall, handle: () => Promise<ApiAnswer>): Promise<ApiAnswer> {
  const key = call.request.headers['idempotency-key'];
  if (key === undefined) return handle();
  if (typeof key !== 'string' || key === '' || key.length > MAX_KEY_LENGTH) {
    throw new ApiError(400, 'invalid_idempotency_key', `Idempotency-Key takes 1 to ${MAX_KEY_LENGTH} characters.`);
  }
  const keys = call.context.storage.idempotencyKeys;
  const { clientId } = call.access;
  const { method, url, body } = call.request;
  // The key, of which only a hash is kept, goes in as a salt: the body may hold a password, which a plain hash would give away.
  const claim = await keys.claim(clientId, key, JSON.stringify([key, method, url, body]));
  switch (claim.outcome) {
    case 'answered':
      return { status: claim.status, body: claim.body, headers: { 'idempotency-replayed': 'true' } };
    case 'different':
      throw new ApiError(
        409,
        'idempotency_key_reused',
        'This Idempotency-Key was used for another request. Make a new key for each.',
      );
    case 'under-way':
      throw new ApiError(
        409,
        'request_under_way',
        'The first request with this Idempotency-Key is still under way. Ask again.',
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
