import type { ThrottledAct } from '#domain/throttle/throttle.ts';
import { ApiError } from '../api-error.ts';
import type { ApiCall } from '../route.ts';

type Guess = Extract<ThrottledAct, 'apiSignIn' | 'apiConfirm'>;

/** A key per environment, so that attempts at one vendor do not affect the users of another. */
export function attemptKey({ access }: Pick<ApiCall, 'access'>, subject: string): string {
  return JSON.stringify([access.clientId, subject]);
}

/**
 * Counts an attempt before the password is checked, so that parallel guesses cannot get around the limit.
 * @throws ApiError 429 with Retry-After
 */
export async function countAttempt(call: ApiCall, act: Guess, subject: string): Promise<void> {
  const waitMs = await call.context.throttle.count(act, attemptKey(call, subject));
  if (waitMs === 0) return;
  throw new ApiError(
    429,
    'too_many_attempts',
    'There were too many wrong passwords for this user. Wait for Retry-After, or let the user choose a new password.',
    { headers: { 'retry-after': String(Math.ceil(waitMs / 1000)) } },
  );
}

/** Resets the count, because the user knew the password. */
export function forgetAttempts(call: ApiCall, act: Guess, subject: string): Promise<void> {
  return call.context.throttle.forget(act, attemptKey(call, subject));
}
