import { z } from 'zod';
import type { Account } from '../../storage/accounts.ts';
import type { DomainContext } from '../context.ts';

const MODEL = 'SandboxMail';
const mailSchema = z.object({ to: z.string(), link: z.string() });

/** What a page shows in place of a mail. */
export type ShownMail = z.infer<typeof mailSchema>;

type Owner = Pick<Account, 'id' | 'appId' | 'browserHash'>;

/**
 * Sandbox only: keeps the link of a mail about an account that was made in the popup of an app, or about a browser's own copy of a test
 * person, for pages of whoever is signed in to that account. It is kept whether or not the mail has the link, so that the pages say nothing that only the mail may say. The link to a forgotten
 * password is never kept: a page would give the account to anybody who knows its address.
 */
export async function keepForPages(
  { realm, rows }: Pick<DomainContext, 'realm' | 'rows'>,
  owner: Owner,
  mail: ShownMail,
  lifetimeSeconds: number,
): Promise<void> {
  if (realm !== 'sandbox' || !hasOwnPages(owner)) return;
  const { id: accountId } = owner;
  await rows.oidcRecords.save(MODEL, accountId, { accountId, ...mail }, lifetimeSeconds);
}

/** The latest mail that {@link keepForPages} has kept. */
export async function mailForPages(
  { realm, rows }: Pick<DomainContext, 'realm' | 'rows'>,
  owner: Owner,
): Promise<ShownMail | undefined> {
  if (realm !== 'sandbox' || !hasOwnPages(owner)) return undefined;
  const record = await rows.oidcRecords.find(MODEL, owner.id);
  return mailSchema.safeParse(record?.payload).data;
}

/** Others of no app may be used by several people. */
function hasOwnPages({ appId, browserHash }: Owner): boolean {
  return appId !== undefined || browserHash !== undefined;
}
