import { type Account, EmailTakenError } from '../../storage/accounts.ts';
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

/** An account that shares nothing any more, and is to be deleted. */
export interface ReplacedAccount {
  readonly id: string;
  /** The client ids of the apps with which it shared data. */
  readonly disconnected: readonly string[];
}

/**
 * Replaces the account by a new one, which has the address and the new password and nothing else. The account is not emptied but replaced
 * because that forgets nothing: each row that belongs to an account goes with it, and a request that is under way finds no account to
 * write to. For shops, the owner is a new user, so that no shop takes the owner for the stranger. Runs in the caller's transaction, after
 * which {@link eraseReplaced} deletes the old account.
 *
 * @returns the new account, whose address is unverified when another account has verified the address meanwhile
 * @throws KeptError when the address has been verified at the same moment
 */
export async function replaceAccount(
  context: DomainContext,
  { id, email, appId }: Pick<Account, 'id' | 'appId'> & { email: string },
  passwordHash: string,
): Promise<{ owner: Account; replaced: ReplacedAccount }> {
  const { rows, storage, realm } = context;
  const { orphanedApps, disconnected } = await rows.accountDeletion.endClaim(id);
  const create = ({ rows: { accounts } }: DomainContext, emailVerified: boolean) =>
    accounts.create({ email, emailVerified, passwordHash, ...(appId && { appId }) });
  const owner = (await unlessTaken(context, (part) => create(part, true))) || (await create(context, false));
  await storage.auditLog.append({
    realm,
    act: 'account.replaced',
    actor: 'system',
    subject: `account:${id}`,
    detail: { reason: 'the address was proven from outside', by: owner.id },
  });
  for (const clientId of disconnected)
    await storage.auditLog.append({
      realm,
      act: 'consent.withdrawn',
      actor: 'system',
      subject: `environment:${clientId}`,
      detail: { account: id },
    });
  for (const app of orphanedApps) {
    const detail = { reason: 'its only owner had not verified an address' };
    await storage.auditLog.append({ realm: null, act: 'app.disabled', actor: 'system', subject: `app:${app}`, detail });
  }
  return { owner, replaced: { id, disconnected } };
}

/**
 * Deletes an account that was replaced, and tells the developers of its apps that a consent was withdrawn: not which user it was, because
 * nothing that shows that id outlives the account. It has ended already, so this comes after the transaction: there may be much to delete.
 * What is left because the database is out of reach, or the process ends, the sweeper deletes.
 */
export async function eraseReplaced(
  { rows, events }: DomainContext,
  { id, disconnected }: ReplacedAccount,
): Promise<void> {
  for (const clientId of disconnected) events.record(clientId, { kind: 'consent.withdrawn', detail: {} });
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
