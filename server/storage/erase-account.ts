import type { Realm } from '@signup-with-platform/protocol';
import type { Transaction } from 'kysely';
import { emailKey } from './accounts.ts';
import { withdrawGrants } from './connected-shops.ts';
import { containing } from './containing.ts';
import { keepListPositions } from './list-positions.ts';
import type { Tables } from './tables.ts';

/** What was erased or changed along with an account. */
export interface Erased {
  /** Apps that nobody owns any more; they have been disabled. */
  orphanedApps: string[];
}

/** Thrown when deletion was cancelled at the last moment, so that the transaction is undone. */
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
  const traces = await tracesOf(trx, realm, accountId);
  await keepListPositions(trx, realm, traces.users);
  await withdrawGrants(trx, realm, accountId);
  const { numDeletedRows } = await trx
    .deleteFrom('accounts')
    .where('realm', '=', realm)
    .where('id', '=', accountId)
    .where('deletion_due_at', '<=', Date.now())
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw new KeptError();
  await eraseRecords(trx, realm, accountId, traces.sessions);
  for (const user of traces.users) await eraseEvents(trx, user.client_id, user.id);
  if (account.email !== null) await eraseMail(trx, account.email, account.email_verified_at !== null);
  return { orphanedApps: await disableOrphans(trx, traces.apps) };
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

/** Sessions, popups that are still open, and forms that wait for a recent sign-in. Tokens were deleted with the grants. */
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
    .where('model', 'in', ['Interaction', 'PortalForm'])
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
 * Deletes mails to the person, kept mails to others that contain the address, and invitations to an address that was proven to be the
 * person's. Mails to others that wait to be sent stay, because they are deleted a moment later, once they are sent.
 */
async function eraseMail(trx: Transaction<Tables>, email: string, verified: boolean): Promise<void> {
  await trx
    .deleteFrom('mails')
    .where(({ and, or, eb, fn }) =>
      or([
        eb(fn<string>('lower', ['recipient']), '=', emailKey(email)),
        and([eb('due_at', 'is', null), eb('text', 'like', containing(email))]),
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
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('app_members')
            .select('account_id')
            .whereRef('app_members.app_id', '=', 'apps.id')
            .where('role', '=', 'owner'),
        ),
      ),
    )
    .returning('id')
    .execute();
  return orphans.map(({ id }) => id);
}
