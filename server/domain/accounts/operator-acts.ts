import type { Realm } from '@signup-with-platform/protocol';
import type { AuditEntry } from '../../storage/audit-log.ts';
import type { RealmStorage, Storage } from '../../storage/index.ts';

/** A blocked account is signed in nowhere. @returns how many sessions have ended */
export async function blockAccount({ accounts, sessions }: RealmStorage, id: string): Promise<number> {
  await accounts.setBlocked(id, true);
  return sessions.endAll(id);
}

export interface EraseContext {
  readonly storage: Storage;
  readonly realm: Realm;
  /** Who does it, as the audit log has it. */
  readonly by: Pick<AuditEntry, 'actor' | 'address' | 'requestId'>;
  /** Tells the developers of an app that somebody shares nothing any more: not who, because nothing that shows that id outlives the account. */
  noteWithdrawal(clientId: string): void;
}

/**
 * Deletes an account at once, without the grace period that people get. If this process stops before it has finished, the server deletes the
 * account, because it is due.
 * @returns apps that have lost their last owner, and are disabled
 */
export async function eraseAtOnce({ storage, realm, by, noteWithdrawal }: EraseContext, id: string): Promise<string[]> {
  const { accountDeletion, connectedShops } = storage.realm(realm);
  await accountDeletion.cancel(id);
  await accountDeletion.request(id, new Date());
  const disconnected = await connectedShops.disconnectAll(id);
  const { orphanedApps = [] } = (await accountDeletion.erase(id)) ?? {};
  for (const clientId of disconnected) {
    const subject = `environment:${clientId}`;
    await storage.auditLog.append({ ...by, realm, act: 'consent.withdrawn', subject, detail: { account: id } });
    noteWithdrawal(clientId);
  }
  for (const app of orphanedApps)
    await storage.auditLog.append({ ...by, realm: null, act: 'app.disabled', subject: `app:${app}` });
  return orphanedApps;
}
