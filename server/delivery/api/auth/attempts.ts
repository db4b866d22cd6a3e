import { assertRoomFor, verifyPassword } from '#domain/accounts/passwords.ts';
import { admitGuess, type Guess, rightGuess, uncheckedGuess } from '#domain/throttle/guesses.ts';
import { OverloadedError } from '#load/overloaded-error.ts';
import type { AppUser } from '#storage/app-users.ts';
import { ApiError } from '../api-error.ts';
import type { ApiCall } from '../route.ts';
import { checkPassword } from './check-password.ts';
import { payerOf } from './payer.ts';

/** A key per environment, so that attempts at one vendor do not affect the users of another. */
export function attemptKey({ access }: Pick<ApiCall, 'access'>, subject: string): string {
  return JSON.stringify([access.clientId, subject]);
}

type PasswordCall = Pick<ApiCall, 'access' | 'context' | 'request'>;
/** Which password is guessed at. */
type Act = 'sign-in' | 'confirm';

/**
 * Checks a password, and slows wrong ones. The vendor's backend hides the network address of the guesser, so all guesses at one user come
 * from one place. Nobody can lock a user out by it: after ten wrong ones there is a wait between two, which grows.
 * @param find the user, looked up once the attempt is admitted
 * @throws ApiError 429 with Retry-After
 * @throws OverloadedError
 */
export async function checkAttempt(
  call: PasswordCall,
  { act, subject, password }: { act: Act; subject: string; password: string },
  find: () => Promise<AppUser | undefined>,
): Promise<AppUser | undefined> {
  const { throttle } = call.context;
  const payer = payerOf(call);
  assertRoomFor(payer);
  const guess = guessAt(call, act, subject);
  const admission = await admitGuess(throttle, guess);
  if (!admission.admitted) throw tooManyAttempts(admission.retryAfterMs);
  try {
    const user = await find();
    if (await checkPassword(user, password, (given, hash) => verifyPassword(given, hash, payer))) {
      await rightGuess(throttle, guess);
      return user;
    }
  } catch (error) {
    if (error instanceof OverloadedError) await uncheckedGuess(throttle, guess);
    throw error;
  }
  if (admission.paceMs > 0) throw tooManyAttempts(admission.paceMs);
  return undefined;
}

/** Resets the count, because the user has a new password. */
export async function forgetAttempts(call: PasswordCall, subject: string): Promise<void> {
  await rightGuess(call.context.throttle, guessAt(call, 'sign-in', subject));
}

function guessAt(call: PasswordCall, act: Act, subject: string): Guess {
  return { subject: `${act}:${attemptKey(call, subject)}`, place: 'backend', stranger: false };
}

function tooManyAttempts(waitMs: number): ApiError {
  return new ApiError(
    429,
    'too_many_attempts',
    'There were too many wrong passwords for this user. Wait for Retry-After, or let the user choose a new password.',
    { headers: { 'retry-after': String(Math.ceil(waitMs / 1000)) } },
  );
}
