import type { Transaction } from 'kysely';
import { emailKey } from './accounts.ts';
import { withdrawGrants } from './connected-shops.ts';
import { containing } from './containing.ts';
import { RealmRepository } from './repository.ts';
import type { Tables } from './tables.ts';
import { transaction } from './transaction.ts';

/** What went with an account. */
export interface Erased {
  /** Apps that nobody owns any more; they have been disabled. */
  orphanedApps: string[];
}

/** The end of the accounts of one realm: asked for, taken back, and done. */
export class AccountDeletionRepository extends RealmRepository {
  /** @returns false when it had been asked for before: the first date stands */
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

  /** @returns false when there was nothing to take back */
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

  /** Apps at work that nobody would own without this account; an owner who is about to go as well does not count. */
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

  /** Accounts whose time has come. @param limit of ids, the longest due first */
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
   * Deletes an account that is due, and whatever else tells of the person, all at once. References take most of it along; the rest is
   * looked for here. The audit log keeps the account's random id.
   * @returns undefined when it is not due (any more), or gone
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
      // Kept at the last moment: what has been looked at stays as it was.
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

  /** What leads to rows that no reference reaches; looked up while it is there. */
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

  /** Sessions, popups that are still open, and forms that wait for a fresh sign-in. Tokens went with the grants. */
  async #eraseRecords(trx: Transaction<Tables>, accountId: string, sessions: readonly string[]): Promise<void> {
    const records = trx.deleteFrom('oidc_records').where('realm', '=', this.realm);
    if (sessions.length > 0) await records.where('model', '=', 'Session').where('uid', 'in', sessions).execute();
    // An id is long and random, so it can stand in no other's interaction or kept form; there are few at a time.
    await records
      .where('model', 'in', ['Interaction', 'PortalForm'])
      .where('payload', 'like', containing(accountId))
      .execute();
  }
}

class KeptError extends Error {
  override name = 'KeptError';
}

/** What an app's developers see of the user, by the user's id. */
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
 * Mails to the person; of those to others that tell of the address, the kept ones, since the others are gone in a moment. And invitations
 * to an address that was proven to be the person's.
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

/** @returns those without an owner, which nobody could switch off any more */
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
