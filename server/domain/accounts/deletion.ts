import { REALMS, type Realm } from '@signup-with-platform/protocol';
import type { Log } from '../../log.ts';
import type { Account } from '../../storage/accounts.ts';
import type { Storage } from '../../storage/index.ts';
import { StoppedError } from '../../storage/stoppable.ts';
import type { DomainContext } from '../context.ts';
import { notifyAccount } from './notify.ts';

/** How long the person can cancel the deletion, or notice that somebody else requested it. */
export const DELETION_GRACE_DAYS = 14;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Per round and realm. The next round continues. */
const MAX_DELETIONS_AT_ONCE = 100;

export type DeletionRequest =
  | { outcome: 'requested'; dueAt: Date; disconnected: string[] }
  /** The deletion was requested before. Its date stays. */
  | { outcome: 'requested_before' }
  /** The account is the only owner of these enabled apps. */
  | { outcome: 'sole_owner'; apps: { id: string; name: string }[] };

/** How long an account can still be kept. A test person who was made by a click is gone sooner. */
export function graceOf({ expiresAt }: Pick<Account, 'expiresAt'>): { dueAt: Date; days: number } {
  const usual = Date.now() + DELETION_GRACE_DAYS * DAY_MS;
  const dueAt = Math.min(usual, expiresAt?.getTime() ?? usual);
  return { dueAt: new Date(dueAt), days: Math.max(1, Math.ceil((dueAt - Date.now()) / DAY_MS)) };
}

/**
 * Schedules the deletion of an account. Until then the account shares nothing, and its owner can only cancel the deletion.
 * @param session the public identifier of the session that made the request; all other sessions end
 */
export async function requestDeletion(
  context: DomainContext,
  account: Account,
  { session, languages }: { session: string; languages: readonly string[] },
): Promise<DeletionRequest> {
  const { accountDeletion, connectedShops, sessions } = context.rows;
  const apps = await accountDeletion.solelyOwnedApps(account.id);
  if (apps.length > 0) return { outcome: 'sole_owner', apps };
  const { dueAt } = graceOf(account);
  if (!(await accountDeletion.request(account.id, dueAt))) return { outcome: 'requested_before' };
  const disconnected = await connectedShops.disconnectAll(account.id);
  await sessions.endAll(account.id, session);
  // This session stays, for whoever changes their mind; for the shops it is over.
  await sessions.endAtClients(session);
  await notifyAccount(context, account, { kind: 'deletion_requested', date: dueAt }, { languages });
  return { outcome: 'requested', dueAt, disconnected };
}

/** @returns false when no deletion was pending */
export async function cancelDeletion(
  context: DomainContext,
  account: Account,
  { languages }: { languages: readonly string[] },
): Promise<boolean> {
  if (!(await context.rows.accountDeletion.cancel(account.id))) return false;
  await notifyAccount(context, account, { kind: 'deletion_cancelled' }, { languages });
  return true;
}

/** Deletes the accounts whose deletion is due. Several processes may run it at once. @returns how many it deleted */
export async function deleteDueAccounts(storage: Storage, log: Pick<Log, 'error'>): Promise<number> {
  let deleted = 0;
  for (const realm of REALMS) {
    for (const id of await storage.realm(realm).accountDeletion.due(MAX_DELETIONS_AT_ONCE)) {
      try {
        if (await deleteAccount(storage, realm, id)) deleted += 1;
      } catch (error) {
        if (error instanceof StoppedError) throw error;
        // One account that cannot be deleted must not stop the others.
        log.error({ err: error, account: id }, 'an account could not be deleted when its deletion was due');
      }
    }
  }
  return deleted;
}

async function deleteAccount(storage: Storage, realm: Realm, id: string): Promise<boolean> {
  const erased = await storage.realm(realm).accountDeletion.erase(id);
  if (!erased) return false;
  // Nobody asked for it, and a test person that was made by one click should leave no row for ever.
  if (erased.wasExpired) return true;
  const { auditLog } = storage;
  await auditLog.append({ realm, act: 'account.deleted', actor: 'system', subject: `account:${id}` });
  for (const app of erased.orphanedApps) {
    const detail = { reason: 'its last owner was deleted' };
    await auditLog.append({ realm: null, act: 'app.disabled', actor: 'system', subject: `app:${app}`, detail });
  }
  return true;
}
