import { type Account, EmailTakenError } from '../../storage/accounts.ts';
import type { EndedClaims } from '../../storage/erase-account.ts';
import { type DomainContext, inTransaction } from '../context.ts';

/**
 * What the proof of an address does to the account that has it.
 * `none`: the address was verified before. `keeps`: it becomes verified, and everything else stays. `ends`: everything that was done under
 * the address ends, and its owner begins anew.
 */
export type ProofEffect = 'none' | 'keeps' | 'ends';

/**
 * Decides what a proof does (invariant 17). Anybody can create an account with somebody else's address, so whoever reads the mail of the
 * address need not be the one who created the account. Only whoever also proves to be the account's own person keeps it.
 *
 * @param within the account whose person this is, as proven apart from the mail: by being signed in in this browser, by the password, or
 * by a passkey. A copy of a test person is one browser's from the first click to the last, and nobody owns its address.
 */
export function proofEffect(
  { id, emailVerified, browserHash }: Pick<Account, 'id' | 'emailVerified' | 'browserHash'>,
  within: string | undefined,
): ProofEffect {
  if (emailVerified) return 'none';
  return within === id || browserHash !== undefined ? 'keeps' : 'ends';
}

/** Marks the account's address as verified. @returns false when another account has verified it; then nothing has changed */
export function keepAccount(
  context: DomainContext,
  { id, email }: Pick<Account, 'id'> & { email: string },
): Promise<boolean> {
  return unlessTaken(context, async ({ rows }) => {
    await rows.accounts.markEmailVerified(id, email);
    return true;
  });
}

/**
 * Replaces the account by a new one, which has the address and the new password and nothing else. The account is not emptied but replaced
 * because that forgets nothing: each row that belongs to an account goes with it, and a request that is under way finds no account to
 * write to. For shops, the owner is a new user, so that no shop takes the owner for the stranger. Runs in the caller's transaction, after
 * which {@link eraseReplaced} deletes the old account.
 *
 * @returns the new account. Its address is unverified when another account has verified the address meanwhile
 * @throws KeptError when the address has been verified at the same moment
 */
export async function replaceAccount(
  context: DomainContext,
  { id, email, appId }: Pick<Account, 'id' | 'appId'> & { email: string },
  passwordHash: string,
): Promise<Account> {
  const { rows } = context;
  const orphanedApps = await rows.accountDeletion.endClaim(id);
  const create = ({ rows: { accounts } }: DomainContext, emailVerified: boolean) =>
    accounts.create({ email, emailVerified, passwordHash, ...(appId && { appId }) });
  const account = (await unlessTaken(context, (part) => create(part, true))) || (await create(context, false));
  await auditEndedClaims(context, { ended: [id], orphanedApps }, account.id);
  return account;
}

/** Tells the operator which accounts have ended by a proof, and why. @param by the account that has the address, once there is one */
export async function auditEndedClaims(
  { storage, realm }: Pick<DomainContext, 'storage' | 'realm'>,
  { ended, orphanedApps }: EndedClaims,
  by: string | undefined,
): Promise<void> {
  for (const id of ended) {
    const detail = { reason: 'the address was proven from outside', ...(by !== undefined && { by }) };
    const subject = `account:${id}`;
    await storage.auditLog.append({ realm, act: 'account.replaced', actor: 'system', subject, detail });
  }
  for (const app of orphanedApps) {
    const detail = { reason: 'its only owner had not verified an address' };
    await storage.auditLog.append({ realm: null, act: 'app.disabled', actor: 'system', subject: `app:${app}`, detail });
  }
}

/**
 * Deletes an account that was replaced. It has ended already, so this comes after the transaction: there may be much to delete. What is
 * left because the database is out of reach, or the process ends, the sweeper deletes.
 */
export async function eraseReplaced({ rows }: DomainContext, id: string): Promise<void> {
  await rows.accountDeletion.erase(id).catch(() => undefined);
}

/** @returns false when another account has verified the address; then nothing of `work` is kept */
async function unlessTaken<Result>(
  context: DomainContext,
  work: (context: DomainContext) => Promise<Result>,
): Promise<Result | false> {
  try {
    return await inTransaction(context, work);
  } catch (error) {
    if (error instanceof EmailTakenError) return false;
    throw error;
  }
}
