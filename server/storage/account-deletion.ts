import {
  type ClaimsToEnd,
  type EndedClaims,
  type Erased,
  endClaim,
  endClaims,
  eraseAccount,
  findDue,
  KeptError,
} from './erase-account.ts';
import { eraseTraces } from './erase-traces.ts';
import { RealmRepository } from './repository.ts';
import { transaction } from './transaction.ts';

/** Deletion of the accounts of one realm: requested, cancelled and carried out. */
export class AccountDeletionRepository extends RealmRepository {
  /** @returns false when deletion was requested before, because the first date stands */
  request(accountId: string, dueAt: Date): Promise<boolean> {
    return this.#setDueAt(accountId, dueAt.getTime());
  }

  /** @returns false when no deletion was pending */
  cancel(accountId: string): Promise<boolean> {
    return this.#setDueAt(accountId, null);
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

  /** Accounts whose deletion is due, the longest due first; then test people who have expired. @param limit how many ids to return */
  async due(limit: number): Promise<string[]> {
    const now = Date.now();
    // One after the other, because no index leads to both.
    const dueBy = (column: 'deletion_due_at' | 'expires_at') =>
      this.db
        .selectFrom('accounts')
        .select('id')
        .where('realm', '=', this.realm)
        .where(column, '<=', now)
        .orderBy(column)
        .limit(limit)
        .execute();
    const rows = [...(await dueBy('deletion_due_at')), ...(await dueBy('expires_at'))];
    return [...new Set(rows.map(({ id }) => id))].slice(0, limit);
  }

  /**
   * Deletes an account that is due, and everything else that tells of the person: first what there may be much of, in batches, then the
   * account itself. Who takes the deletion back at the last moment keeps the account, but not its tokens and sessions.
   * @returns undefined when the account is not due (any more), or does not exist
   */
  async erase(accountId: string): Promise<Erased | undefined> {
    const person = await findDue(this.db, this.realm, accountId);
    if (!person) return undefined;
    await eraseTraces(this.db, this.realm, person);
    try {
      return await transaction(this.db, (trx) => eraseAccount(trx, this.realm, person));
    } catch (error) {
      if (error instanceof KeptError) return undefined;
      throw error;
    }
  }

  /**
   * Ends an account whose address nobody has verified, at once: it is due for deletion then, and {@link erase} deletes it with everything
   * that was done under it.
   * @returns the apps that nobody owns any more; they have been disabled
   * @throws KeptError when there is no such account, or its address is verified, or the account has been ended
   */
  endClaim(accountId: string): Promise<string[]> {
    return transaction(this.db, (trx) => endClaim(trx, this.realm, accountId));
  }

  /**
   * Ends claims to an address that nobody has verified, a bounded number with each call.
   * @returns what ended; call it again until that is nothing
   */
  endClaims(claims: ClaimsToEnd): Promise<EndedClaims> {
    return transaction(this.db, (trx) => endClaims(trx, this.realm, claims));
  }

  async #setDueAt(accountId: string, dueAt: number | null): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('accounts')
      .set({ deletion_due_at: dueAt, updated_at: Date.now() })
      .where('realm', '=', this.realm)
      .where('id', '=', accountId)
      .where('deletion_due_at', dueAt === null ? 'is not' : 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }
}
