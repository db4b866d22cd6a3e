import type { AccountChanges } from '../../storage/account-changes.ts';
import { type Account, EmailTakenError, emailKey } from '../../storage/accounts.ts';
import { tellOfEndedClaims } from '../accounts/first-proof.ts';
import { endOtherClaims } from '../accounts/prove-address.ts';
import { inTransaction } from '../context.ts';
import type { DirectoryContext, DirectoryProfile } from './ask.ts';

export type OpenedPerson =
  | { outcome: 'opened'; account: Account }
  /** The directory does not let them in. */
  | { outcome: 'account_blocked' }
  /** Another account here has verified the address. Whose that is, its own person has to prove, by a code. */
  | { outcome: 'address_known' };

/** The account of somebody whom the directory has just recognised by the password: made, or brought up to what the directory says. */
export async function openPerson(context: DirectoryContext, person: DirectoryProfile): Promise<OpenedPerson> {
  const known = await accountOf(context, person.key);
  if (person.account.blocked) {
    if (known) await refuse(context, known);
    return { outcome: 'account_blocked' };
  }
  return known ? { outcome: 'opened', account: await refresh(context, known, person) } : create(context, person);
}

/** The account that is a person of the directory: by what it has said before, or because an import has brought the same person. */
export async function accountOf({ rows }: DirectoryContext, key: string): Promise<Account | undefined> {
  const linked = await rows.directoryPeople.findByKey(key);
  if (linked) return rows.accounts.find(linked.accountId);
  const imported = (await rows.imports.known([key])).get(key);
  // It may be another person of the directory by now.
  const isOther = imported && (await rows.directoryPeople.find(imported.accountId))?.key !== undefined;
  return imported && !isOther ? rows.accounts.find(imported.accountId) : undefined;
}

/** Brings an account up to what the directory says, and notes that it has nothing against its person. What it leaves out stays as it is. */
export async function refresh(context: DirectoryContext, { id }: Account, person: DirectoryProfile): Promise<Account> {
  const { rows } = context;
  const before = await rows.directoryPeople.find(id);
  const isChanged = before?.key !== person.key || before.digest !== person.digest;
  if (isChanged) {
    const { email, emailVerified, profile } = await changesFor(context, person, id);
    await change(context, id, { profile, email, emailVerified });
    await rows.imports.addIdentities(id, person.belongings.identities);
    if (email !== undefined && emailVerified) await endClaims(context, email, id);
  }
  await rows.directoryPeople.confirm({ accountId: id, key: person.key, digest: person.digest });
  const account = await rows.accounts.find(id);
  if (!account) throw new Error('the account was erased meanwhile');
  return account;
}

/** Ends what somebody has open whom the directory does not let in (any more). Only the person's own proof leads here, so that nobody can do it to another. */
export async function refuse(context: DirectoryContext, { id }: Account): Promise<void> {
  const { rows, storage, realm } = context;
  await rows.directoryPeople.refuse(id);
  await rows.sessions.endAll(id);
  const detail = { reason: 'the directory does not let them in' };
  await storage.auditLog.append({ realm, act: 'account.blocked', actor: 'system', subject: `account:${id}`, detail });
}

async function create(context: DirectoryContext, person: DirectoryProfile): Promise<OpenedPerson> {
  const { email, emailVerified = false } = person.account;
  const { key, digest } = person;
  if (email !== undefined && emailVerified) {
    if (await context.rows.accounts.isVerified(email, undefined)) return { outcome: 'address_known' };
    await endClaims(context, email, undefined);
  }
  try {
    const account = await inTransaction(context, async (part) => {
      const made = await part.rows.accounts.create({
        ...person.account,
        emailVerified,
        ...(person.verifiedPhoneNumber && { verifiedPhoneNumber: person.verifiedPhoneNumber }),
      });
      if (!(await part.rows.directoryPeople.confirm({ accountId: made.id, key, digest })))
        throw new OpenedMeanwhileError();
      await part.rows.imports.addIdentities(made.id, person.belongings.identities);
      const detail = { directory: key };
      const { realm } = part;
      const entry = { realm, act: 'account.created', actor: 'system', subject: `account:${made.id}`, detail } as const;
      await part.storage.auditLog.append(entry);
      return made;
    });
    if (email !== undefined && emailVerified) await endClaims(context, email, account.id);
    return { outcome: 'opened', account };
  } catch (error) {
    if (error instanceof EmailTakenError) return { outcome: 'address_known' };
    // The same person in another window, a moment ago.
    const opened = error instanceof OpenedMeanwhileError ? await accountOf(context, person.key) : undefined;
    if (opened) return { outcome: 'opened', account: opened };
    throw error;
  }
}

/** Undoes the transaction. */
class OpenedMeanwhileError extends Error {
  override name = 'OpenedMeanwhileError';
}

/** What the account takes over. Not an address that another account has verified; and blocking is noted apart, so that it can be lifted. */
async function changesFor(
  { rows }: DirectoryContext,
  { account, verifiedPhoneNumber }: DirectoryProfile,
  id: string,
): Promise<AccountChanges> {
  const { blocked: _, email, emailVerified = false, ...told } = account;
  const profile = { ...told, ...(verifiedPhoneNumber !== undefined && { verifiedPhoneNumber }) };
  if (email === undefined) return { profile };
  const owner = emailVerified ? (await rows.imports.verified([emailKey(email)])).get(emailKey(email)) : undefined;
  if (owner !== undefined && owner !== id) return { profile };
  // An address that was proven stays so: as a claim, the account would end when its owner proves it once more.
  return { profile, email, emailVerified: emailVerified || undefined };
}

async function change({ rows }: DirectoryContext, id: string, changes: AccountChanges): Promise<void> {
  for (;;) {
    const account = await rows.accounts.find(id);
    // The loop ends, because in each round that fails another change has succeeded.
    if (!account || (await rows.accountChanges.change(account, changes))) return;
  }
}

/** The operator's directory has verified the address, from outside of all claims to it (invariant 17). */
async function endClaims(context: DirectoryContext, email: string, except: string | undefined): Promise<void> {
  for (const claims of await endOtherClaims(context, { email, scope: {} }, except)) tellOfEndedClaims(context, claims);
}
