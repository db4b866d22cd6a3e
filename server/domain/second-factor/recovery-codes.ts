import { randomInt } from 'node:crypto';
import type { Account } from '../../storage/accounts.ts';
import { readCode } from '../codes/code-text.ts';
import { type DomainContext, inTransaction } from '../context.ts';
import type { SecondFactorTry } from './check.ts';
import { RECOVERY_CODE_LENGTH, RECOVERY_CODES } from './format.ts';
import { tellOwner } from './tell-owner.ts';

/** Crockford's base 32 without vowels, as for mailed codes. */
const CHARACTERS = '0123456789BCDFGHJKMNPQRSTVWXYZ';
const GROUP = /.{1,4}/g;

export type CheckedRecoveryCode =
  | { outcome: 'right'; left: number }
  /** None of the account's, or a used one. */
  | { outcome: 'wrong' }
  /** It cannot be a recovery code. */
  | { outcome: 'malformed' }
  | { outcome: 'too_many_attempts'; retryAfterMs: number };

/** A new set, as it is shown. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () =>
    Array.from({ length: RECOVERY_CODE_LENGTH }, () => CHARACTERS[randomInt(CHARACTERS.length)])
      .join('')
      .replaceAll(GROUP, '$&-')
      .slice(0, -1),
  );
}

/** As it is stored: however it was typed. */
export function readRecoveryCode(typed: string): string {
  return readCode(typed);
}

/**
 * Uses up a recovery code, and tells the owner. It cannot be guessed, so only the work is limited, by network.
 * It is the way in when the app is lost, so no wrong codes of the app keep anybody from it.
 */
export async function checkRecoveryCode(
  context: DomainContext,
  account: Account,
  { typed, address, languages }: Omit<SecondFactorTry, 'knownBrowser'>,
): Promise<CheckedRecoveryCode> {
  const code = readRecoveryCode(typed);
  if (code.length !== RECOVERY_CODE_LENGTH) return { outcome: 'malformed' };
  const retryAfterMs = await context.throttle.count('recoveryCodesByAddress', { address });
  if (retryAfterMs > 0) return { outcome: 'too_many_attempts', retryAfterMs };
  return inTransaction(context, async (within): Promise<CheckedRecoveryCode> => {
    const { recoveryCodes } = within.rows;
    if (!(await recoveryCodes.use(account.id, code))) return { outcome: 'wrong' };
    const left = await recoveryCodes.count(account.id);
    await tellOwner(within, account, { kind: 'recovery_code_used', left }, languages);
    return { outcome: 'right', left };
  });
}

/** Makes another set, which ends the one before. @returns undefined when the account has no second factor; else the codes, shown once */
export async function replaceRecoveryCodes(
  context: DomainContext,
  account: Account,
  languages: readonly string[],
): Promise<readonly string[] | undefined> {
  return inTransaction(context, async (within) => {
    if (!(await within.rows.authenticators.find(account.id, 'active'))) return undefined;
    const codes = newRecoveryCodes();
    await within.rows.recoveryCodes.replace(account.id, codes.map(readRecoveryCode));
    await tellOwner(within, account, { kind: 'recovery_codes_replaced' }, languages);
    return codes;
  });
}
