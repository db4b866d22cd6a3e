import type { Realm } from '@signup-with-platform/protocol';
import { sql, type Transaction } from 'kysely';
import { emailKey } from './accounts.ts';
import { withdrawGrants } from './connected-shops.ts';
import { containing } from './containing.ts';
import { hashSecret, randomId } from './ids.ts';
import { keepListPositions } from './list-positions.ts';
import type { Tables } from './tables.ts';

/** What was erased or changed along with an account. */
export interface Erased {
  /** Apps that nobody owns any more; they have been disabled. */
  orphanedApps: string[];
}

/**
 * Thrown when the account has changed at the last moment, so that the transaction is undone: its deletion was cancelled, or its address
 * was verified.
 */
export class KeptError extends Error {
  override name = 'KeptError';
}

/**
 * Deletes an account that is due, and everything else that tells of the person. Foreign keys cascade to most rows; the others are found
 * here. The audit log keeps the account's random id.
 * @returns undefined when there is no such account
 * @throws KeptError when the account is not due
 */
export async function eraseAccount(
  trx: Transaction<Tables>,
  realm: Realm,
  accountId: string,
): Promise<Erased | undefined> {
  const account = await trx
    .selectFrom('accounts')
    .select(['email', 'email_verified_at'])
    .where('realm', '=', realm)
    .where('id', '=', accountId)
    .executeTakeFirst();
  if (!account) return undefined;
  const due = { column: 'deletion_due_at', operator: '<=', value: Date.now() } as const;
  const ownedApps = await eraseRows(trx, realm, accountId, due);
  if (realm === 'sandbox') await trx.deleteFrom('mails').where('account_id', '=', accountId).execute();
  else if (account.email !== null) await eraseMail(trx, account.email, account.email_verified_at !== null);
  return { orphanedApps: await disableOrphans(trx, ownedApps) };
}

/**
 * Deletes an account whose address nobody has verified, and everything that was done under it, because the owner of the address wants to
 * begin anew. Mails and invitations to the address stay, because they are the owner's; invitations that the account sent do not. The keys
 * and secrets of apps that nobody else owns end, so that enabling such an app later does not let the stranger back in.
 * @throws KeptError when there is no such account, or its address is verified
 */
export async function eraseClaim(trx: Transaction<Tables>, realm: Realm, accountId: string): Promise<Erased> {
  await trx.deleteFrom('app_invitations').where('invited_by', '=', accountId).execute();
  const unverified = { column: 'email_verified_at', operator: 'is', value: null } as const;
  const ownedApps = await eraseRows(trx, realm, accountId, unverified);
  const orphanedApps = await disableOrphans(trx, ownedApps);
  await endAccessOfOrphans(trx, ownedApps);
  return { orphanedApps };
}

/** What has to hold of an account, at the moment when it is deleted. */
type Condition =
  | { column: 'deletion_due_at'; operator: '<='; value: number }
  | { column: 'email_verified_at'; operator: 'is'; value: null };

/** @returns the ids of the apps that the account owned, alone or with others */
async function eraseRows(
  trx: Transaction<Tables>,
  realm: Realm,
  accountId: string,
  { column, operator, value }: Condition,
): Promise<string[]> {
  const traces = await tracesOf(trx, realm, accountId);
  await keepListPositions(trx, realm, traces.users);
  await withdrawGrants(trx, realm, accountId);
  const { numDeletedRows } = await trx
    .deleteFrom('accounts')
    .where('realm', '=', realm)
    .where('id', '=', accountId)
    .where(column, operator, value)
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw new KeptError();
  await eraseRecords(trx, realm, accountId, traces.sessions);
  for (const user of traces.users) await eraseEvents(trx, user.client_id, user.id);
  return traces.apps;
}

/** What leads to rows that no foreign key reaches. It is read before the account is deleted, because it goes with the account. */
async function tracesOf(trx: Transaction<Tables>, realm: Realm, accountId: string) {
  const sessions = await trx.selectFrom('sessions').select('uid').where('account_id', '=', accountId).execute();
  const users = await trx
    .selectFrom('users')
    .select(['id', 'client_id', 'created_at'])
    .where('account_id', '=', accountId)
    .where('realm', '=', realm)
    .execute();
  const owned = await trx
    .selectFrom('app_members')
    .select('app_id')
    .where('account_id', '=', accountId)
    .where('role', '=', 'owner')
    .execute();
  return { sessions: sessions.map(({ uid }) => uid), users, apps: owned.map((app) => app.app_id) };
}

/** Sessions, popups that are still open, forms that wait for a recent sign-in, and mails of the sandbox for pages. Tokens were deleted with the grants. */
async function eraseRecords(
  trx: Transaction<Tables>,
  realm: Realm,
  accountId: string,
  sessions: readonly string[],
): Promise<void> {
  const records = trx.deleteFrom('oidc_records').where('realm', '=', realm);
  if (sessions.length > 0) await records.where('model', '=', 'Session').where('uid', 'in', sessions).execute();
  // An account id is long and random, so it occurs in no other account's records. There are few such records at a time.
  await records
    .where('model', 'in', ['Interaction', 'PortalForm', 'SandboxMail'])
    .where('payload', 'like', containing(accountId))
    .execute();
}

/** Deletes the events in which an app's developers see the user's id. */
async function eraseEvents(trx: Transaction<Tables>, clientId: string, userId: string): Promise<void> {
  const pattern = containing(userId);
  await trx
    .deleteFrom('app_events')
    .where('client_id', '=', clientId)
    .where((event) =>
      event.or([event('user_id', '=', userId), event('summary', 'like', pattern), event('detail', 'like', pattern)]),
    )
    .execute();
}

/**
 * In production, where an address proves something. Deletes mails to the person, kept mails to others that contain the address, and
 * invitations to an address that was proven to be the person's. Mails to others that wait to be sent stay, because they are deleted a
 * moment later, once they are sent.
 */
async function eraseMail(trx: Transaction<Tables>, email: string, verified: boolean): Promise<void> {
  await trx
    .deleteFrom('mails')
    .where(({ and, or, eb, fn }) =>
      and([
        or([eb('realm', '=', 'production'), eb('realm', 'is', null)]),
        or([
          eb(fn<string>('lower', ['recipient']), '=', emailKey(email)),
          and([eb('due_at', 'is', null), eb('text', 'like', containing(email))]),
        ]),
      ]),
    )
    .execute();
  if (!verified) return;
  await trx
    .deleteFrom('app_invitations')
    .where(({ fn }) => fn<string>('lower', ['email']), '=', emailKey(email))
    .execute();
}

/** Disables apps without an owner, because nobody could disable them any more. @returns their ids */
async function disableOrphans(trx: Transaction<Tables>, appIds: readonly string[]): Promise<string[]> {
  if (appIds.length === 0) return [];
  const now = Date.now();
  const orphans = await trx
    .updateTable('apps')
    .set({ disabled_at: now, updated_at: now })
    .where('id', 'in', appIds)
    .where('disabled_at', 'is', null)
    .where(({ not, exists }) => not(exists(ownersOf(trx, 'apps.id'))))
    .returning('id')
    .execute();
  return orphans.map(({ id }) => id);
}

/** Ends the keys and secrets of apps without an owner, those that were disabled before among them. An operator can make new ones. */
async function endAccessOfOrphans(trx: Transaction<Tables>, appIds: readonly string[]): Promise<void> {
  if (appIds.length === 0) return;
  const environments = await trx
    .selectFrom('environments')
    .select('client_id')
    .where('app_id', 'in', appIds)
    .where(({ not, exists }) => not(exists(ownersOf(trx, 'environments.app_id'))))
    .execute();
  for (const { client_id: clientId } of environments) {
    await trx.deleteFrom('api_keys').where('client_id', '=', clientId).execute();
    await trx
      .updateTable('environments')
      .set({
        // The hash of a secret that nobody knows.
        client_secret_hash: hashSecret(randomId(32)),
        previous_secret_hash: null,
        previous_secret_expires_at: null,
        updated_at: Date.now(),
      })
      .where('client_id', '=', clientId)
      .execute();
  }
}

/** @param app the column of the outer query that names an app */
function ownersOf(trx: Transaction<Tables>, app: 'apps.id' | 'environments.app_id') {
  return trx
    .selectFrom('app_members')
    .select('account_id')
    .where('app_members.app_id', '=', sql.ref<string>(app))
    .where('role', '=', 'owner');
}
