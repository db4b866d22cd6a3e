import type { AccountChanges } from '../../storage/account-changes.ts';
import type { FoundAccount } from '../../storage/account-search.ts';
import { type Account, EmailTakenError, emailKey } from '../../storage/accounts.ts';
import { notifyAccount } from '../accounts/notify.ts';
import { FIELD_PAGES } from '../claims/fields.ts';
import { type DomainContext, inTransaction } from '../context.ts';
import { readAccountPatch } from './account-changes.ts';

export type ChangedAccount =
  | { outcome: 'changed'; found: FoundAccount }
  | { outcome: 'invalid'; reason: string }
  /** `changed_meanwhile`: the account is not any more what `mayChange` has seen. */
  | { outcome: 'email_taken' | 'changed_meanwhile' | 'not_found' };

/** How often a change is tried again that another one has overtaken. */
const TRIES = 5;

/**
 * Changes an account by a merge patch. The person is told by mail of what a stranger could use who has got hold of the key: another address
 * for mail, another phone number.
 * @param mayChange whether the account is still what the caller has read; called with what there is
 * @param note writes the names of what has changed into the audit log, in the transaction of the change
 */
export async function changeAccount(
  context: DomainContext,
  id: string,
  patch: unknown,
  mayChange: (found: FoundAccount) => boolean,
  note: (context: DomainContext, changed: string[]) => Promise<void>,
): Promise<ChangedAccount> {
  for (let left = TRIES; left > 0; left -= 1) {
    const found = await context.rows.accountSearch.find(id);
    if (!found) return { outcome: 'not_found' };
    if (!mayChange(found)) return { outcome: 'changed_meanwhile' };
    const { account } = found;
    const read = readAccountPatch(patch, account);
    if ('reason' in read) return { outcome: 'invalid', reason: read.reason };
    try {
      const isChanged = await inTransaction(context, async (within) => {
        if (!(await within.rows.accountChanges.change(account, read.changes))) return false;
        await tell(within, account, read.changes);
        await note(within, namesOf(read.changes));
        return true;
      });
      const changed = isChanged ? await context.rows.accountSearch.find(id) : undefined;
      if (changed) return { outcome: 'changed', found: changed };
    } catch (error) {
      if (!(error instanceof EmailTakenError)) throw error;
      return { outcome: 'email_taken' };
    }
  }
  return { outcome: 'changed_meanwhile' };
}

function namesOf({ profile, email, emailVerified }: AccountChanges): string[] {
  return [
    ...(email === undefined ? [] : ['email']),
    ...(emailVerified === undefined ? [] : ['emailVerified']),
    ...Object.keys(profile),
  ];
}

async function tell(
  context: DomainContext,
  account: Account,
  { email, emailVerified, profile }: AccountChanges,
): Promise<void> {
  const { rows } = context;
  const to = account.emailVerified ? account.email : undefined;
  if (email !== undefined && (account.email === undefined || emailKey(email) !== emailKey(account.email))) {
    // Links that were mailed to the old address must not work for the new one.
    for (const purpose of ['verify_email', 'reset_password', 'change_email'] as const)
      await rows.emailCodes.revoke(account.id, purpose);
    const notice = { kind: 'email_changed', from: account.email ?? '–', to: email } as const;
    // A new one that is not proven may be a stranger's.
    for (const one of [to, emailVerified ? email : undefined])
      if (one) await notifyAccount(context, account, notice, { languages: [], to: one });
  }
  for (const { page } of FIELD_PAGES) {
    const hasChanged = page.parts.some(
      (part) => profile[part] !== undefined && profile[part] !== (account[part] ?? null),
    );
    if (page.notice && hasChanged && to)
      await notifyAccount(context, account, { kind: page.notice }, { languages: [] });
  }
}
