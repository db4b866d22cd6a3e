import type { Account } from '../../storage/accounts.ts';
import type { NotifyContext } from '../accounts/notify.ts';
import { type DomainContext, inTransaction } from '../context.ts';
import { tellOwner } from './tell-owner.ts';

/** An authenticator app that works. */
export interface SecondFactor {
  since: Date;
  recoveryCodesLeft: number;
}

type Rows = Pick<DomainContext, 'rows'>;

/** Whether the account is asked for a second factor when it signs in. A passkey is both factors, and asks for nothing. */
export async function hasSecondFactor({ rows }: Rows, { id }: Pick<Account, 'id'>): Promise<boolean> {
  return (await rows.authenticators.find(id, 'active')) !== undefined;
}

/** What its owner sees of it. @returns undefined when there is none */
export async function secondFactorOf({ rows }: Rows, { id }: Pick<Account, 'id'>): Promise<SecondFactor | undefined> {
  const authenticator = await rows.authenticators.find(id, 'active');
  return authenticator && { since: authenticator.createdAt, recoveryCodesLeft: await rows.recoveryCodes.count(id) };
}

/**
 * Removes the authenticator app and the recovery codes, and trusts no browser any more. Whoever asks for it has just given the second factor.
 * @returns false when there was none
 */
export async function removeSecondFactor(
  context: DomainContext,
  account: Account,
  languages: readonly string[],
): Promise<boolean> {
  return inTransaction(context, (within) => removeWithin(within, account, languages));
}

/** The same, as a part of a transaction. */
export async function removeWithin(
  context: NotifyContext & Rows,
  account: Account,
  languages: readonly string[],
): Promise<boolean> {
  const { authenticators, recoveryCodes, knownBrowsers } = context.rows;
  const hadOne = await authenticators.remove(account.id);
  await recoveryCodes.replace(account.id, []);
  await knownBrowsers.trustNone(account.id);
  if (hadOne) await tellOwner(context, account, { kind: 'second_factor_removed' }, languages);
  return hadOne;
}
