import type { Realm } from '@signup-with-platform/protocol';
import { type ExpressionBuilder, type Kysely, sql, type Transaction } from 'kysely';
import { BATCH_ROWS } from './batches.ts';
import { emailKey } from './email-key.ts';
import { tellOfDisconnection } from './grant-changes.ts';
import { hashSecret, randomId } from './ids.ts';
import { leaveTombstone } from './import-tombstones.ts';
import { keepListPositions } from './list-positions.ts';
import type { Tables } from './tables.ts';
import { tellOfDeletion } from './webhook-events.ts';

/** What was erased or changed along with an account. */
export interface Erased {
  /** Apps that nobody owns any more; they have been disabled. */
  orphanedApps: string[];
  /** The account was a test person that had expired; nobody had asked for the deletion. */
  wasExpired: boolean;
}

/** What ended with claims to an address. */
export interface EndedClaims {
  /** Ids of the accounts, which share nothing any more and are due for deletion. */
  ended: string[];
  /** Apps that nobody owns any more; they have been disabled. */
  orphanedApps: string[];
  /** The apps with which the accounts shared data. */
  disconnected: { accountId: string; clientId: string }[];
}

/** Thrown when an account is kept after all, because something has changed at the last moment, so that the transaction is undone. */
export class KeptError extends Error {
  override name = 'KeptError';
}

/** Accounts whose deletion was requested and is due, and test people who have expired. */
export function isDue(account: ExpressionBuilder<Tables, 'accounts'>) {
  const now = Date.now();
  return account.or([account('deletion_due_at', '<=', now), account('expires_at', '<=', now)]);
}

/** An account that is about to be erased. */
export interface DuePerson {
  readonly id: string;
  readonly email: string | null;
  readonly emailVerified: boolean;
  /** What apps know of the person. None is added any more. */
  readonly users: readonly { id: string; client_id: string; created_at: number }[];
}

/** @returns undefined when there is no such account, or it is not due (any more) */
export async function findDue(db: Kysely<Tables>, realm: Realm, accountId: string): Promise<DuePerson | undefined> {
  const account = await db
    .selectFrom('accounts')
    .select(['id', 'email', 'email_verified_at'])
    .where('realm', '=', realm)
    .where('id', '=', accountId)
    .where(isDue)
    .executeTakeFirst();
  if (!account) return undefined;
  const users = await db
    .selectFrom('users')
    .select(['id', 'client_id', 'created_at'])
    .where('account_id', '=', accountId)
    .where('realm', '=', realm)
    .execute();
  return { id: account.id, email: account.email, emailVerified: account.email_verified_at !== null, users };
}

/**
 * Deletes an account that is due, after its traces were erased (erase-traces.ts). Foreign keys cascade to what is left of the person. The
 * audit log keeps the account's random id.
 * @throws KeptError when the account is not due any more
 */
export async function eraseAccount(trx: Transaction<Tables>, realm: Realm, { id, users }: DuePerson): Promise<Erased> {
  const ownedApps = await ownedBy(trx, [id]);
  // Vendors who are paging through their users go on from where the person was.
  await keepListPositions(trx, realm, users);
  for (const user of users) await tellOfDeletion(trx, realm, { clientId: user.client_id, userId: user.id });
  await leaveTombstone(trx, realm, id);
  const gone = await trx
    .deleteFrom('accounts')
    .where('realm', '=', realm)
    .where('id', '=', id)
    .where(isDue)
    .returning('expires_at')
    .executeTakeFirst();
  if (!gone) throw new KeptError();
  return {
    orphanedApps: await disableOrphans(trx, ownedApps),
    wasExpired: gone.expires_at !== null && gone.expires_at <= Date.now(),
  };
}

/**
 * Ends an account whose address nobody has verified, because the owner of the address wants to begin anew: nobody can sign in to it, it
 * shares nothing, and it is due for deletion, which comes next and takes as long as there are traces ({@link eraseAccount}). Mails and
 * invitations to the address stay, because they are the owner's, and the account has no address any more; invitations that it sent do not.
 * The keys and secrets of apps that nobody else owns end, so that enabling such an app later does not let the stranger back in.
 * @throws KeptError when there is no such account, or its address is verified, or the account has been ended
 */
export async function endClaim(trx: Transaction<Tables>, realm: Realm, accountId: string): Promise<EndedClaims> {
  const claims = await endAccounts(trx, realm, [accountId]);
  if (claims.ended.length === 0) throw new KeptError();
  return claims;
}

/** Which claims to an address end: in the sandbox those of the app, or of none; a browser's copies of test people never do. */
export interface ClaimsToEnd {
  email: string;
  appId?: string | undefined;
  /** The account that is kept. */
  except?: string | undefined;
}

/** Ends claims as {@link endClaim} does, a bounded number at once. */
export async function endClaims(
  trx: Transaction<Tables>,
  realm: Realm,
  { email, appId, except }: ClaimsToEnd,
): Promise<EndedClaims> {
  const claims = await trx
    .selectFrom('accounts')
    .select('id')
    .where('realm', '=', realm)
    .where('email_key', '=', emailKey(email))
    .where('email_verified_at', 'is', null)
    .where('persona', 'is', null)
    .where('sandbox_app_id', 'is not distinct from', appId ?? null)
    .$if(except !== undefined, (query) => query.where('id', '!=', except ?? ''))
    .limit(BATCH_ROWS)
    .execute();
  return endAccounts(
    trx,
    realm,
    claims.map(({ id }) => id),
  );
}

async function endAccounts(trx: Transaction<Tables>, realm: Realm, ids: readonly string[]): Promise<EndedClaims> {
  if (ids.length === 0) return { ended: [], orphanedApps: [], disconnected: [] };
  const now = Date.now();
  const rows = await trx
    .updateTable('accounts')
    .set({
      ...{ email: null, email_key: null, blocked_at: now, deletion_due_at: now, updated_at: now },
      ...{ password_hash: null, foreign_password: null, foreign_password_cost: null },
    })
    .where('realm', '=', realm)
    .where('id', 'in', ids)
    .where('email', 'is not', null)
    .where('email_verified_at', 'is', null)
    .returning('id')
    .execute();
  const ended = rows.map(({ id }) => id);
  if (ended.length === 0) return { ended, orphanedApps: [], disconnected: [] };
  // Whom the operator's directory knows begins anew as well.
  await trx.deleteFrom('directory_people').where('account_id', 'in', ended).execute();
  const grants = await trx
    .updateTable('grants')
    .set({ payload: '{}', updated_at: now })
    .where('realm', '=', realm)
    .where('account_id', 'in', ended)
    .returning(['account_id', 'client_id'])
    .execute();
  for (const { account_id: accountId, client_id: clientId } of grants)
    await tellOfDisconnection(trx, { realm, accountId, clientId });
  await trx.deleteFrom('app_invitations').where('invited_by', 'in', ended).execute();
  const ownedApps = await ownedBy(trx, ended);
  await trx.deleteFrom('app_members').where('account_id', 'in', ended).execute();
  const orphanedApps = await disableOrphans(trx, ownedApps);
  await endAccessOfOrphans(trx, ownedApps);
  const disconnected = grants.map((grant) => ({ accountId: grant.account_id, clientId: grant.client_id }));
  return { ended, orphanedApps, disconnected };
}

/** The apps that accounts own, alone or with others. */
async function ownedBy(trx: Transaction<Tables>, accountIds: readonly string[]): Promise<string[]> {
  const owned = await trx
    .selectFrom('app_members')
    .select('app_id')
    .where('account_id', 'in', accountIds)
    .where('role', '=', 'owner')
    .execute();
  return owned.map((app) => app.app_id);
}

/** Disables apps without an owner, because nobody could disable them any more. @returns their ids */
async function disableOrphans(trx: Transaction<Tables>, appIds: readonly string[]): Promise<string[]> {
  if (appIds.length === 0) return [];
  const now = Date.now();
  const orphans = await trx
    .updateTable('apps')
    .set({ disabled_at: now, stopped_at: now, updated_at: now })
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
