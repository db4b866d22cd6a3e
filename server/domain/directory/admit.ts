import type { Account } from '../../storage/accounts.ts';
import type { DomainContext } from '../context.ts';
import { networkAsPayer } from '../throttle/guesses.ts';
import { askDirectory, type DirectoryContext, hasDirectory } from './ask.ts';
import { isFresh } from './freshness.ts';
import { refresh, refuse } from './open-person.ts';

/** Why somebody who has proven who they are does not get in. */
export type DirectoryRefusal = 'account_blocked' | 'account_gone' | 'directory_down';

/**
 * Asks about somebody who has signed in without a password or a code, such as by a passkey, where the directory decides each time.
 * @param address network address, whose place in the queue it takes
 */
export async function admitByDirectory(
  context: DomainContext,
  account: Account,
  address: string | undefined,
): Promise<'admitted' | DirectoryRefusal> {
  if (!hasDirectory(context) || context.directory.settings.mode === 'migrate') return 'admitted';
  return judge(context, account, networkAsPayer(address));
}

async function judge(
  context: DirectoryContext,
  account: Account,
  payer: string,
): Promise<'admitted' | DirectoryRefusal> {
  const { rows } = context;
  const before = await rows.directoryPeople.find(account.id);
  const isKnownThere = before?.key !== undefined;
  // Who has no address cannot be asked about. Whom the directory has never known is ours alone then.
  if (account.email === undefined && !isKnownThere) return 'admitted';
  const word = account.email === undefined ? DOWN : await askDirectory(context, { email: account.email }, payer);
  switch (word.outcome) {
    case 'down':
      return isFresh(context, before) ? 'admitted' : 'directory_down';
    case 'person': {
      // An address that the directory has given to somebody else since.
      const isSame = word.person.key === before?.key;
      if (isKnownThere && !isSame) return gone(context, account);
      if (word.person.account.blocked) {
        if (isKnownThere) await refuse(context, account);
        return 'account_blocked';
      }
      if (isKnownThere) await refresh(context, account, word.person);
      else if (account.emailVerified) await rows.directoryPeople.confirm({ accountId: account.id });
      return 'admitted';
    }
    default:
      if (isKnownThere) return gone(context, account);
      if (account.emailVerified) await rows.directoryPeople.confirm({ accountId: account.id });
      return 'admitted';
  }
}

const DOWN = { outcome: 'down' } as const;

async function gone(context: DirectoryContext, account: Account): Promise<DirectoryRefusal> {
  await refuse(context, account);
  return 'account_gone';
}
