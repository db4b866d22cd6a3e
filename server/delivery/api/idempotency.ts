import type { FastifyRequest } from 'fastify';
import { isSealed, seal, unseal } from '#http/sealed.ts';
import { untilDecided } from '#http/until-decided.ts';
import type { Storage } from '../../storage/index.ts';
import { ApiError } from './api-error.ts';
import type { ApiAnswer } from './route.ts';

const MAX_KEY_LENGTH = 255;
const PURPOSE = 'answer to an idempotent request';
/** For how long a repeated request waits for the answer to the first: less than clients wait for an answer. */
const MAX_WAIT_MS = 5_000;

/** What of a call says whose request it is, and which. */
interface RepeatableCall {
  readonly context: { readonly storage: Pick<Storage, 'idempotencyKeys'> };
  readonly access: { readonly clientId: string };
  readonly request: Pick<FastifyRequest, 'headers' | 'method' | 'url' | 'body'>;
}

/**
 * Answers a repeated request as the first one was answered, for 24 hours (draft-ietf-httpapi-idempotency-key-header). One that comes while
 * the first is in progress waits for its answer.
 * Errors are not kept, because a failed request changed nothing and may be corrected and sent again.
 *
 * The answer tells of a person, so it is sealed under the key, which only the caller has, and is deleted with the user.
 * @throws ApiError 400 for an invalid key; 409 when the key was used for another request, or the first is in progress for too long
 */
export async function answerOnce(call: RepeatableCall, handle: () => Promise<ApiAnswer>): Promise<ApiAnswer> {
  const key = call.request.headers['idempotency-key'];
  if (key === undefined) return handle();
  if (typeof key !== 'string' || key === '' || key.length > MAX_KEY_LENGTH) {
    throw new ApiError(400, 'invalid_idempotency_key', `Idempotency-Key must have 1 to ${MAX_KEY_LENGTH} characters.`);
  }
  const keys = call.context.storage.idempotencyKeys;
  const { clientId } = call.access;
  const { method, url, body } = call.request;
  // The key salts the hash of the request, because the body may contain a password. Only a hash of the key is stored.
  const request = JSON.stringify([key, method, url, body]);
  const secret = `${clientId} ${request}`;
  const claim = await untilDecided(() => keys.claim(clientId, key, request), MAX_WAIT_MS);
  switch (claim.outcome) {
    case 'answered': {
      // An earlier version has stored it in the clear.
      const text = isSealed(claim.body) ? await unseal(claim.body, secret, PURPOSE) : claim.body;
      return { status: claim.status, body: text, headers: { 'idempotency-replayed': 'true' } };
    }
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
    const sealed = await seal(JSON.stringify(result.body), secret, PURPOSE);
    await keys.finish(clientId, key, result.status ?? 200, sealed, idOf(result.body));
    return result;
  } catch (error) {
    await keys.release(clientId, key);
    throw error;
  }
}

/** The user whom an answer tells of. */
function idOf(body: unknown): string | undefined {
  const { id } = (body ?? {}) as { id?: unknown };
  return typeof id === 'string' ? id : undefined;
}
