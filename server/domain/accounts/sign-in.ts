import { OverloadedError } from '../../load/overloaded-error.ts';
import { type Account, type AddressScope, belongsTo, emailKey } from '../../storage/accounts.ts';
import type { DomainContext } from '../context.ts';
import {
  admitGuess,
  deviceAsPlace,
  type Guess,
  networkAsPayer,
  networkAsPlace,
  rightGuess,
  uncheckedGuess,
} from '../throttle/guesses.ts';
import { findByPassword, type HashLike, type PasswordQuestion } from './find-by-password.ts';
import { isDeviceOf, type KnownDevice } from './known-device.ts';
import { noteBreach } from './new-password.ts';
import { assertRoomFor } from './passwords.ts';

/** Where an attempt comes from. */
export interface Visitor {
  /**
   * Sandbox only: the app whose popup it is, and the browser, which alone finds its copies of test people. Accounts of other apps are nobody
   * there. At the portal, where there is no app, all can sign in.
   */
  scope?: AddressScope;
  /** Network address. */
  address: string | undefined;
  /** Browsers in which accounts have signed in before, as the visitor's own claims to be. */
  devices: readonly KnownDevice[];
}

export type SignInResult =
  | { outcome: 'signed-in'; account: Account }
  | { outcome: 'invalid_credentials' }
  | { outcome: 'account_blocked' }
  /** `checked`: the password was looked at, and is wrong. */
  | { outcome: 'too_many_attempts'; retryAfterMs: number; checked: boolean }
  /** The password is right there, but not enough: another account here has verified the address. */
  | { outcome: 'address_known' }
  /** A directory has to be asked, which is out of order. */
  | { outcome: 'directory_down' }
  /** Nothing is known about the password. */
  | { outcome: 'busy'; retryAfterMs: number };

export type SignInContext = DomainContext & { readonly cookieKey: string };

/** Whose password it is. `refusal`: the password is right, and its person does not get in. */
export interface FoundByPassword {
  account: Account | undefined;
  /** Of the password, with the salt of the address. */
  hash: string;
  refusal?: 'account_blocked' | 'address_known';
}

/** Looks an account up by its password, after the guess was counted. @throws OverloadedError, PasswordUnknownError */
export type FindByPassword = (
  context: DomainContext,
  question: PasswordQuestion & { payer: string; scope?: AddressScope },
  hash?: HashLike,
) => Promise<FoundByPassword>;

/** Nobody can say at the moment whether a password is right. */
export class PasswordUnknownError extends Error {
  override name = 'PasswordUnknownError';
  /** Whether it was compared with what we have ourselves, so that it was a guess at that. */
  readonly isChecked: boolean;
  /** Of the password, with the salt of the address. */
  readonly hash: string;

  constructor({ isChecked, hash }: Pick<PasswordUnknownError, 'isChecked' | 'hash'>) {
    super('The directory is out of order.');
    this.isChecked = isChecked;
    this.hash = hash;
  }
}

/**
 * Signs a person in by email and password. Neither the answer nor its timing reveals whether an account exists.
 *
 * A browser in which the account has signed in before has tries of its own, so that nobody else can use them up. They are for that account
 * only: whoever claims an address must not get more tries at its owner's password by that.
 * @param by.hash replaces the hash, in tests that count the work
 * @param by.findBy where passwords are looked up. Default: here alone
 */
export async function signIn(
  context: SignInContext,
  attempt: PasswordQuestion & Visitor,
  { hash, findBy = findByPassword }: { hash?: HashLike; findBy?: FindByPassword } = {},
): Promise<SignInResult> {
  const { address, password, meant, scope = {} } = attempt;
  const email = emailKey(attempt.email);
  const payer = networkAsPayer(address);
  try {
    assertRoomFor(payer);
    const known = await findKnown(context, email, attempt);
    const question = { email, password, meant, scope, payer };
    const find = () => findBy(context, question, hash);
    return known
      ? await fromDevice(context, { email, password, address, find }, known)
      : await asStranger(context, { email, password, address, find });
  } catch (error) {
    if (error instanceof OverloadedError) return { outcome: 'busy', retryAfterMs: error.retryAfterSeconds * 1000 };
    if (error instanceof PasswordUnknownError) return { outcome: 'directory_down' };
    throw error;
  }
}

/** Looks the account up by its password. */
type Find = () => Promise<FoundByPassword>;
type Attempt = { email: string; password: string; address: string | undefined; find: Find };
type Known = { account: Account; deviceId: string };

async function fromDevice(context: SignInContext, attempt: Attempt, known: Known): Promise<SignInResult> {
  const { throttle } = context;
  const guess = { subject: `account:${known.account.id}`, place: deviceAsPlace(known.deviceId), stranger: false };
  const admission = await admitGuess(throttle, guess);
  if (!admission.admitted) return asStranger(context, attempt);
  const found = await unlessUnchecked(attempt.find, () => uncheckedGuess(throttle, guess));
  if (found.account?.id === known.account.id) {
    await rightGuess(throttle, guess);
    return signedIn(context, found.account, found.hash, attempt.password);
  }
  const result = await asStranger(context, { ...attempt, find: async () => found });
  // Whatever strangers have used up, the next try from this device is free.
  const isFree = result.outcome === 'too_many_attempts' && admission.paceMs === 0;
  return isFree ? { outcome: 'invalid_credentials' } : result;
}

async function asStranger(context: SignInContext, attempt: Attempt): Promise<SignInResult> {
  const { throttle } = context;
  const { email, address, find } = attempt;
  const networkWaitMs = await throttle.count('signInByAddress', { address });
  if (networkWaitMs > 0) return { outcome: 'too_many_attempts', retryAfterMs: networkWaitMs, checked: false };
  const guess = strangersGuess(context, email, address);
  const admission = await admitGuess(throttle, guess);
  if (!admission.admitted) {
    await throttle.giveBack('signInByAddress', { address });
    return { outcome: 'too_many_attempts', retryAfterMs: admission.retryAfterMs, checked: false };
  }
  const found = await unlessUnchecked(find, async () => {
    await Promise.all([uncheckedGuess(throttle, guess), throttle.giveBack('signInByAddress', { address })]);
  });
  const { refusal } = found;
  if (!found.account && !refusal) return wrongPassword(admission.paceMs);
  await Promise.all([rightGuess(throttle, guess, { shared: true }), throttle.giveBack('signInByAddress', { address })]);
  return found.account
    ? signedIn(context, found.account, found.hash, attempt.password)
    : { outcome: refusal ?? 'invalid_credentials' };
}

/** Undoes what was counted for a password that nobody has looked at. */
async function unlessUnchecked<Result>(work: () => Promise<Result>, undo: () => Promise<void>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof OverloadedError || (error instanceof PasswordUnknownError && !error.isChecked)) await undo();
    throw error;
  }
}

/** A guess at the password of whoever has an address. */
export function strangersGuess(
  { realm }: Pick<SignInContext, 'realm'>,
  email: string,
  address: string | undefined,
): Guess {
  return { subject: JSON.stringify([realm, email]), place: networkAsPlace(address), stranger: true };
}

/** The account with this address that has signed in before from one of these devices. */
async function findKnown(
  { rows, cookieKey }: SignInContext,
  email: string,
  { devices, scope: { appId } = {} }: Visitor,
): Promise<Known | undefined> {
  for (const device of devices) {
    const account = await rows.accounts.find(device.accountId);
    if (!account?.email || emailKey(account.email) !== email) continue;
    if (appId !== undefined && !belongsTo(account, appId)) continue;
    if (isDeviceOf(cookieKey, account, device)) return { account, deviceId: device.deviceId };
  }
  return undefined;
}

/** Gives the password the salt of the address, if it had another, and notes whether it is breached. */
async function signedIn(
  context: SignInContext,
  account: Account,
  hash: string,
  password: string,
): Promise<SignInResult> {
  const { passwordHash } = account;
  if (account.blocked) return { outcome: 'account_blocked' };
  if (passwordHash === undefined) return { outcome: 'signed-in', account };
  if (passwordHash !== hash) await context.rows.accounts.replacePasswordHash(account.id, passwordHash, hash);
  return { outcome: 'signed-in', account: await noteBreach(context, { ...account, passwordHash: hash }, password) };
}

function wrongPassword(paceMs: number): SignInResult {
  return paceMs > 0
    ? { outcome: 'too_many_attempts', retryAfterMs: paceMs, checked: true }
    : { outcome: 'invalid_credentials' };
}
