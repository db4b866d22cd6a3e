import type { Account } from '../../storage/accounts.ts';
import type { DomainContext } from '../context.ts';

const MODEL = 'UnsentMail';
/** As long as the limits that kept the mail back. */
const LIFETIME_SECONDS = 24 * 60 * 60;

type Context = Pick<DomainContext, 'rows'>;
type Owner = Pick<Account, 'id'>;

/**
 * Notes that the mail which confirms a new account's address was not sent, because of a limit, so that pages can say so to whoever is signed
 * in to the account. It depends on the number of mails alone, and so tells nothing about other accounts.
 */
export async function noteUnsentMail({ rows }: Context, { id: accountId }: Owner): Promise<void> {
  await rows.oidcRecords.save(MODEL, accountId, { accountId }, LIFETIME_SECONDS);
}

/** Forgets the note, because a mail was sent after all. */
export async function forgetUnsentMail({ rows }: Context, { id }: Owner): Promise<void> {
  await rows.oidcRecords.delete(MODEL, id);
}

/** Whether an account waits for a mail that was not sent. */
export async function isMailUnsent(
  { rows }: Context,
  { id, emailVerified }: Pick<Account, 'id' | 'emailVerified'>,
): Promise<boolean> {
  return !emailVerified && (await rows.oidcRecords.find(MODEL, id)) !== undefined;
}
