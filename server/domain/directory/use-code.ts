import type { Account } from '../../storage/accounts.ts';
import type { CodePlace, MailedCode } from '../../storage/mailed-codes.ts';
import type { ProvenAccount } from '../accounts/prove-address.ts';
import { useCode } from '../codes/use-code.ts';
import type { DomainContext } from '../context.ts';
import { networkAsPayer } from '../throttle/guesses.ts';
import type { DirectoryRefusal } from './admit.ts';
import { askDirectory, type DirectoryContext, type DirectoryProfile, hasDirectory } from './ask.ts';
import { isFresh } from './freshness.ts';
import { accountOf, refresh, refuse } from './open-person.ts';

type UsedBy = Parameters<typeof useCode>[3];

export type UsedCode =
  /** `isMade`: there was no account. `isNew` is true only of one of which nothing is known but the address. */
  | (ProvenAccount & { outcome: 'proven'; isMade: boolean })
  /** It has been used at the same moment. */
  | { outcome: 'over' }
  /** The code still works, except where it has said who somebody is: then it has served. */
  | { outcome: DirectoryRefusal };

/**
 * Uses up a right code, where an operator's directory may know whose address it is. It is asked before the code is used up, so that a directory which is
 * out of order costs nobody their code.
 */
export async function useCodeHere(
  context: DomainContext,
  place: CodePlace,
  code: MailedCode,
  by: UsedBy,
): Promise<UsedCode> {
  if (!hasDirectory(context)) return use(context, place, code, by);
  const { directory, rows } = context;
  const isMigrating = directory.settings.mode === 'migrate';
  const verified = await rows.accounts.findVerified(code.email);
  // We have their password, so that the directory is asked no more.
  if (isMigrating && verified?.passwordHash !== undefined) return use(context, place, code, by);
  const word = await askDirectory(context, { email: code.email }, networkAsPayer(by.address));
  switch (word.outcome) {
    case 'person':
      return asPerson(context, { place, code, by }, word.person);
    case 'down': {
      const isAdmitted = isMigrating || (verified && isFresh(context, await rows.directoryPeople.find(verified.id)));
      return isAdmitted ? use(context, place, code, by) : { outcome: 'directory_down' };
    }
    default:
      return isMigrating ? use(context, place, code, by) : asStranger(context, { place, code, by }, verified);
  }
}

interface Use {
  readonly place: CodePlace;
  readonly code: MailedCode;
  readonly by: UsedBy;
}

async function use(context: DomainContext, place: CodePlace, code: MailedCode, by: UsedBy): Promise<UsedCode> {
  const proven = await useCode(context, place, code, by);
  return proven ? { outcome: 'proven', ...proven, isMade: proven.isNew } : { outcome: 'over' };
}

/** The directory knows the address: the account that has it becomes the person's, if it is nobody else's there. */
async function asPerson(
  context: DirectoryContext,
  { place, code, by }: Use,
  person: DirectoryProfile,
): Promise<UsedCode> {
  const { rows } = context;
  const linked = await accountOf(context, person.key);
  if (person.account.blocked) {
    if (linked) await refuse(context, linked);
    return { outcome: 'account_blocked' };
  }
  const known = linked && (await refresh(context, linked, person));
  const used = await use(context, place, code, by);
  if (used.outcome !== 'proven' || used.account.id === known?.id)
    return used.outcome === 'proven' ? { ...used, isNew: false } : used;
  // Both have verified one address: here by the code, and there. If it is not verified there, the person is whoever has typed it, and would wait for its
  // owner in the account that they then share.
  const isFree = (await rows.directoryPeople.find(used.account.id))?.key === undefined;
  if (known || !isFree || person.account.emailVerified !== true) return used;
  return { ...used, account: await refresh(context, used.account, person), isNew: false };
}

/** The directory does not know the address. Whom it has known by it is gone there. */
async function asStranger(
  context: DirectoryContext,
  { place, code, by }: Use,
  verified: Account | undefined,
): Promise<UsedCode> {
  const { rows } = context;
  if (verified && (await rows.directoryPeople.find(verified.id))?.key !== undefined) {
    await refuse(context, verified);
    return { outcome: 'account_gone' };
  }
  const used = await use(context, place, code, by);
  if (used.outcome === 'proven') await rows.directoryPeople.confirm({ accountId: used.account.id });
  return used;
}
