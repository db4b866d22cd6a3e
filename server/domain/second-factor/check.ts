import type { Account } from '../../storage/accounts.ts';
import type { KnownBrowser } from '../../storage/known-browsers.ts';
import { readCode } from '../codes/code-text.ts';
import type { DomainContext } from '../context.ts';
import { CODE_LENGTH } from './format.ts';
import { openSecret } from './secret.ts';
import { tellOwner } from './tell-owner.ts';
import { stepOf } from './totp.ts';

/** After so many wrong codes in a day, the owner is told, because whoever types them has the first factor. */
const TOLD_AFTER = 5;

/** Who types a code, and what. */
export interface SecondFactorTry {
  typed: string;
  /** Network address. */
  address: string | undefined;
  /** The browser, when it is one that the account knows (known-browsers.ts). It has tries of its own. */
  knownBrowser: KnownBrowser | undefined;
  /** BCP 47, in order of preference: for the mail about wrong codes. */
  languages: readonly string[];
}

export type CheckedCode =
  | { outcome: 'right' }
  | { outcome: 'wrong' }
  /** It was right, and somebody has used it. The app shows another one soon. */
  | { outcome: 'used' }
  /** It cannot be a code, and was not compared. */
  | { outcome: 'malformed' }
  /** The account has no authenticator app, or no longer, or the platform has lost the key to its secret. */
  | { outcome: 'unavailable' }
  | { outcome: 'too_many_attempts'; retryAfterMs: number };

/** Whether an app can show it. */
export function isAppCode(code: string): boolean {
  return code.length === CODE_LENGTH && /^\d+$/.test(code);
}

/**
 * Compares a code of an authenticator app. Tries are counted by account before they are compared, so that tries at the same moment, or from many
 * networks, are not more than there are. Nobody gets here without the first factor, so a stranger keeps nobody out by that; a thief who has
 * it uses up nothing of the browsers that the account knows. Each code is right once.
 */
export async function checkAppCode(
  context: DomainContext,
  account: Account,
  given: SecondFactorTry,
): Promise<CheckedCode> {
  const { rows, throttle } = context;
  const code = readCode(given.typed);
  if (!isAppCode(code)) return { outcome: 'malformed' };
  const authenticator = await rows.authenticators.find(account.id, 'active');
  const secret = authenticator && (await openSecret(context, authenticator));
  if (!authenticator || secret === undefined) return { outcome: 'unavailable' };

  const key = JSON.stringify([context.realm, account.id, given.knownBrowser?.id ?? null]);
  const retryAfterMs = await throttle.count('secondFactorTries', key);
  if (retryAfterMs > 0) return { outcome: 'too_many_attempts', retryAfterMs };
  const step = await stepOf(secret, code);
  if (step === undefined) {
    const { attempts } = await throttle.look('secondFactorTries', key);
    if (attempts === TOLD_AFTER) await tellOwner(context, account, { kind: 'second_factor_guessed' }, given.languages);
    return { outcome: 'wrong' };
  }
  if (!(await rows.authenticators.useStep(account.id, authenticator.id, step))) return { outcome: 'used' };
  await throttle.giveBack('secondFactorTries', key);
  return { outcome: 'right' };
}
