import { type Account, emailKey } from '#storage/accounts.ts';
import { heldAccount } from '../held-sign-in.ts';
import { type Step, sessionOf } from '../step.ts';

/**
 * The account with an address that is open in this browser: its own password, or passkey, has just been given in this very interaction, or it
 * is signed in here. It is what a proof of the address confirms, if nobody has confirmed it. An account without any address is meant by each that
 * is typed where it is asked for one.
 */
export async function openAccount(step: Step, email: string): Promise<Account | undefined> {
  const { context, interaction } = step;
  const held = await heldAccount(context, interaction);
  const isAskedForOne = held?.held.gate === 'verified_address' && held.account.email === undefined;
  if (held && (isAskedForOne || hasAddress(held.account, email))) return held.account;
  const { accountId } = await sessionOf(step);
  const account = accountId === undefined ? undefined : await context.rows.accounts.find(accountId);
  return account && hasAddress(account, email) ? account : undefined;
}

function hasAddress(account: Account, email: string): boolean {
  return account.email !== undefined && emailKey(account.email) === emailKey(email);
}
