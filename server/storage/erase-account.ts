import type { Realm } from '@signup-with-platform/protocol';
import type { ExpressionBuilder, Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** What was erased or changed along with an account. */
export interface Erased {
  /** Apps that nobody owns any more; they have been disabled. */
  orphanedApps: string[];
  /** The account was a test person that had expired; nobody had asked for the deletion. */
  wasExpired: boolean;
}

/** Accounts whose deletion was requested and is due, and test people who have expired. */
export function isDue(account: ExpressionBuilder<Tables, 'accounts'>) {
  const now = Date.now();
  return account.or([account('deletion_due_at', '<=', now), account('expires_at', '<=', now)]);
}

/**
 * Deletes an account that is due, after its traces were erased (erase-traces.ts). Foreign keys cascade to what is left of the person. The
 * audit log keeps the account's random id.
 * @returns undefined when there is no such account, or it is not due (any more)
 */
export async function eraseAccount(
  trx: Transaction<Tables>,
  realm: Realm,
  accountId: string,
): Promise<Erased | undefined> {
  const owned = await trx
    .selectFrom('app_members')
    .select('app_id')
    .where('account_id', '=', accountId)
    .where('role', '=', 'owner')
    .execute();
  const gone = await trx
    .deleteFrom('accounts')
    .where('realm', '=', realm)
    .where('id', '=', accountId)
    .where(isDue)
    .returning('expires_at')
    .executeTakeFirst();
  if (!gone) return undefined;
  return {
    orphanedApps: await disableOrphans(
      trx,
      owned.map((app) => app.app_id),
    ),
    wasExpired: gone.expires_at !== null && gone.expires_at <= Date.now(),
  };
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
