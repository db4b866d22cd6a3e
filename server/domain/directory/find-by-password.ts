import { timingSafeEqual } from 'node:crypto';
import { type Account, emailKey } from '../../storage/accounts.ts';
import { findByPassword, hashAccountPassword } from '../accounts/find-by-password.ts';
import { type FindByPassword, type FoundByPassword, PasswordUnknownError } from '../accounts/sign-in.ts';
import { askDirectory, type DirectoryContext, type DirectoryProfile, hasDirectory } from './ask.ts';
import { isFresh } from './freshness.ts';
import { openPerson } from './open-person.ts';

type Question = Parameters<FindByPassword>[1];

/**
 * Finds an account by its password, here and in the operator's directory. The work here is the same for each address, and the directory is asked
 * about each, known here or not. Whoever calls has counted the guess before.
 */
export const findInDirectory: FindByPassword = async (context, question, hash) => {
  const own = await findByPassword(context, question, hash);
  // A link in a mail is about one account of ours.
  if (!hasDirectory(context) || question.meant !== undefined) return own;
  const isMigrating = context.directory.settings.mode === 'migrate';
  return isMigrating ? whileMigrating(context, question, own) : always(context, question, own);
};

/** Of whom we have the password, the directory is asked no more. Of all others it is, and the password is ours from then on. */
async function whileMigrating(
  context: DirectoryContext,
  { email, password, payer }: Question,
  own: FoundByPassword,
): Promise<FoundByPassword> {
  if (own.account) return own;
  if (await hasOwnPassword(context, email)) {
    if ((await context.directory.pretendToAsk()) === 'refused') return own;
    throw new PasswordUnknownError({ isChecked: true, hash: own.hash });
  }
  const word = await askDirectory(context, { email, password }, payer);
  if (word.outcome === 'down') throw new PasswordUnknownError({ isChecked: true, hash: own.hash });
  if (word.outcome !== 'person') return own;
  const opened = await openPerson(context, word.person);
  if (opened.outcome !== 'opened') return { ...own, refusal: opened.outcome };
  const { account } = opened;
  // It was changed here since, and what the directory has is an old one; an account that has another address now is the only way here.
  if (account.passwordHash !== undefined) return own;
  const isTyped = account.email !== undefined && emailKey(account.email) === emailKey(email);
  const passwordHash = isTyped ? own.hash : await hashAccountPassword(context, account.email ?? '', password, payer);
  await context.rows.accounts.setPasswordHash(account.id, passwordHash);
  return { account: { ...account, passwordHash }, hash: passwordHash };
}

/** Both are looked up for each address. */
async function hasOwnPassword({ rows }: DirectoryContext, email: string): Promise<boolean> {
  const [verified, linked] = await Promise.all([
    rows.accounts.findVerified(email),
    rows.directoryPeople.accountsWith(email),
  ]);
  return [verified, ...linked.map(({ account }) => account)].some((each) => each?.passwordHash !== undefined);
}

/**
 * The directory has the last word about everybody whom it knows. Whom it does not know, and has never known, signs in by what we have.
 */
async function always(
  context: DirectoryContext,
  { email, password, payer }: Question,
  own: FoundByPassword,
): Promise<FoundByPassword> {
  const nobody = { account: undefined, hash: own.hash };
  const word = await askDirectory(context, { email, password }, payer);
  switch (word.outcome) {
    case 'wrong_password':
      return nobody;
    case 'unknown':
      return own.account && (await noteStranger(context, own.account)) ? own : nobody;
    case 'down':
      return { ...nobody, account: await confirmedBefore(context, email, own) };
    case 'person':
      return openAlways(context, email, word.person, own);
  }
}

async function openAlways(
  context: DirectoryContext,
  email: string,
  person: DirectoryProfile,
  own: FoundByPassword,
): Promise<FoundByPassword> {
  const opened = await openPerson(context, person);
  if (opened.outcome !== 'opened') return { account: undefined, hash: own.hash, refusal: opened.outcome };
  const { account } = opened;
  // What was typed is hashed with the salt of the typed address, by which it is looked for again.
  const isTyped = account.email !== undefined && emailKey(account.email) === emailKey(email);
  const isKept = isTyped && context.directory.settings.maxStaleMs > 0;
  await context.rows.directoryPeople.confirm({ accountId: account.id, passwordHash: isKept ? own.hash : null });
  // Ours, if there is one, is another password, which nobody has typed now.
  const { passwordHash: _, ...withoutPassword } = account;
  return { account: withoutPassword, hash: own.hash };
}

/** Somebody of ours whom the directory does not know. @returns false of whom it has known before, and who is gone there */
async function noteStranger({ rows }: DirectoryContext, { id }: Account): Promise<boolean> {
  if ((await rows.directoryPeople.find(id))?.key !== undefined) return false;
  return rows.directoryPeople.confirm({ accountId: id });
}

/**
 * While the directory is out of order: whom it has confirmed a short time ago, by the password that it found right then.
 * @throws PasswordUnknownError
 */
async function confirmedBefore(
  context: DirectoryContext,
  email: string,
  { account, hash }: FoundByPassword,
): Promise<Account> {
  const { rows, directory } = context;
  const isChecked = directory.settings.maxStaleMs > 0;
  if (!isChecked) throw new PasswordUnknownError({ isChecked, hash });
  const linked = await rows.directoryPeople.accountsWith(email);
  const found = linked.find(({ word }) => isFresh(context, word) && isEqual(word.passwordHash, hash));
  if (found) {
    const { passwordHash: _, ...withoutPassword } = found.account;
    return withoutPassword;
  }
  const word = account && (await rows.directoryPeople.find(account.id));
  if (account && word?.key === undefined && isFresh(context, word)) return account;
  throw new PasswordUnknownError({ isChecked, hash });
}

function isEqual(kept: string | undefined, hash: string): boolean {
  const [one, other] = [Buffer.from(kept ?? ''), Buffer.from(hash)];
  return one.length === other.length && timingSafeEqual(one, other);
}
