import { type Account, type AccountRepository, emailKey, MAX_CANDIDATES } from '../../storage/accounts.ts';
import type { Throttle } from '../throttle/throttle.ts';
import { unmatchableHash, verifyPassword } from './passwords.ts';

export type SignInResult =
  | { outcome: 'signed-in'; account: Account }
  | { outcome: 'invalid_credentials' }
  | { outcome: 'account_blocked' }
  | { outcome: 'too_many_attempts'; retryAfterMs: number };

/**
 * Each attempt checks this many passwords in parallel, however many accounts have the address. Anybody can create unverified accounts with
 * an address, and must not learn from the duration of a sign-in whether it had an account before.
 */
const CHECKS = MAX_CANDIDATES;

type VerifyPassword = typeof verifyPassword;

/** Signs a person in by email and password. Neither the answer nor its timing reveals whether an account exists. */
export async function signIn(
  accounts: AccountRepository,
  throttle: Throttle,
  attempt: { email: string; password: string; address: string | undefined },
  verify: VerifyPassword = verifyPassword,
): Promise<SignInResult> {
  const email = emailKey(attempt.email);
  // Counted before the password is checked, so that parallel guesses cannot get around the limit.
  const retryAfterMs = Math.max(
    await throttle.count('signInByEmail', email),
    await throttle.count('signInByAddress', attempt.address),
  );
  if (retryAfterMs > 0) return { outcome: 'too_many_attempts', retryAfterMs };

  const account = await matchPassword(await accounts.findByEmail(email), attempt.password, verify);
  if (!account) return { outcome: 'invalid_credentials' };
  await throttle.forget('signInByEmail', email);
  await throttle.giveBack('signInByAddress', attempt.address);
  return account.blocked ? { outcome: 'account_blocked' } : { outcome: 'signed-in', account };
}

/** The first candidate whose password matches. */
export async function matchPassword(
  candidates: readonly Account[],
  password: string,
  verify: VerifyPassword = verifyPassword,
): Promise<Account | undefined> {
  const hashes = candidates.map((candidate) => candidate.passwordHash);
  while (hashes.length < CHECKS) hashes.push(undefined);
  const matches = await Promise.all(hashes.map(async (hash) => verify(password, hash ?? (await unmatchableHash))));
  return candidates.find((candidate, index) => candidate.passwordHash !== undefined && matches[index]);
}
