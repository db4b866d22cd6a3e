import type { Transaction } from 'kysely';
import { emailKey } from './accounts.ts';
import { withdrawGrants } from './connected-shops.ts';
import { containing } from './containing.ts';
import { RealmRepository } from './repository.ts';
import type { Tables } from './tables.ts';
import { transaction } from './transaction.ts';

/** What was erased or changed along with an account. */
export interface Erased {
  /** Apps that nobody owns any more; they have been disabled. */
  orphanedApps: string[];
}

/** Deletion of the accounts of one realm: requested, cancelled and carried out. */
export class AccountDeletionRepository extends RealmRepository {
  /** @returns false when deletion was requested before, because the first date stands */
  async request(accountId: string, dueAt: Date): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('accounts')
      .set({ deletion_due_at: dueAt.getTime(), updated_at: Date.now() })
      .where('realm', '=', this.realm)
      .where('id', '=', accountId)
      .where('deletion_due_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** @returns false when no deletion was pending */
  async cancel(accountId: string): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('accounts')
      .set({ deletion_due_at: null, updated_at: Date.now() })
      .where('realm', '=', this.realm)
      .where('id', '=', accountId)
      .where('deletion_due_at', 'is not', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** Enabled apps that nobody else owns. Owners whose own deletion is pending do not count. */
  async solelyOwnedApps(accountId: string): Promise<{ id: string; name: string }[]> {
    const rows = await this.db
      .selectFrom('app_members')
      .innerJoin('apps', 'apps.id', 'app_members.app_id')
      .select(['apps.id', 'apps.name'])
      .where('app_members.account_id', '=', accountId)
      .where('role', '=', 'owner')
      .where('apps.disabled_at', 'is', null)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('app_members as others')
              .innerJoin('accounts', 'accounts.id', 'others.account_id')
              .select('others.account_id')
              .whereRef('others.app_id', '=', 'app_members.app_id')
              .where('others.role', '=', 'owner')
              .where('others.account_id', '!=', accountId)
              .where('accounts.deletion_due_at', 'is', null),
          ),
        ),
      )
      .orderBy('apps.name')
      .execute();
    return rows.map(({ id, name }) => ({ id, name }));
  }

  /** Accounts whose deletion is due, the longest due first. @param limit how many ids to return */
  async due(limit: number): Promise<string[]> {
    const rows = await this.db
      .selectFrom('accounts')
      .select('id')
      .where('realm', '=', this.realm)
      .where('deletion_due_at', '<=', Date.now())
      .orderBy('deletion_due_at')
      .limit(limit)
      .execute();
    return rows.map(({ id }) => id);
  }

  /**
   * Deletes an account that is due, and everything else that tells of the person, in one transaction. Foreign keys cascade to most rows;
   * the others are found here. The audit log keeps the account's random id.
   * @returns undefined when the account is not due (any more), or does not exist
   */
  async erase(accountId: string): Promise<Erased | undefined> {
    return transaction(this.db, async (trx) => {
      const account = await trx
        .selectFrom('accounts')
        .select(['email', 'email_verified_at'])
        .where('realm', '=', this.realm)
        .where('id', '=', accountId)
        .executeTakeFirst();
      if (!account) return undefined;
      const traces = await this.#tracesOf(trx, accountId);
      await withdrawGrants(trx, this.realm, accountId);
      const { numDeletedRows } = await trx
        .deleteFrom('accounts')
        .where('realm', '=', this.realm)
        .where('id', '=', accountId)
        .where('deletion_due_at', '<=', Date.now())
        .executeTakeFirst();
      // Deletion was cancelled at the last moment, so the transaction has to be undone.
      if (numDeletedRows === 0n) throw new KeptError();
      await this.#eraseRecords(trx, accountId, traces.sessions);
      for (const user of traces.users) await eraseEvents(trx, user.client_id, user.id);
      if (account.email !== null) await eraseMail(trx, account.email, account.email_verified_at !== null);
      return { orphanedApps: await disableOrphans(trx, traces.apps) };
    }).catch((error) => {
      if (error instanceof KeptError) return undefined;
      throw error;
    });
  }

  /** What leads to rows that no foreign key reaches. It is read before the account is deleted, because it goes with the account. */
  async #tracesOf(trx: Transaction<Tables>, accountId: string) {
    const sessions = await trx.selectFrom('sessions').select('uid').where('account_id', '=', accountId).execute();
    const users = await trx
      .selectFrom('users')
      .select(['id', 'client_id'])
      .where('account_id', '=', accountId)
      .where('realm', '=', this.realm)
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
  async #eraseRecords(trx: Transaction<Tables>, accountId: string, sessions: readonly string[]): Promise<void> {
    const records = trx.deleteFrom('oidc_records').where('realm', '=', this.realm);
    if (sessions.length > 0) await records.where('model', '=', 'Session').where('uid', 'in', sessions).execute();
    // An account id is long and random, so it occurs in no other account's records. There are few such records at a time.
    await records
      .where('model', 'in', ['Interaction', 'PortalForm'])
      .where('payload', 'like', containing(accountId))
      .execute();
  }
}

class KeptError extends Error {
  override name = 'KeptError';
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
