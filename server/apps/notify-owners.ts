import { type AccountNotice, notifyAccount } from '../accounts/notify.ts';
import type { RealmContext } from '../realm.ts';

/**
 * Tells the owners of an app by mail, each in their language, what somebody has done to it. An address that nobody has confirmed may be
 * a stranger's: it gets none.
 * @param languages BCP 47, of who did it: for owners who have said nothing about theirs
 */
export async function notifyOwners(
  context: RealmContext,
  appId: string,
  notice: AccountNotice,
  languages: readonly string[],
): Promise<void> {
  const members = await context.storage.appMembers.list(appId);
  for (const owner of members) {
    if (owner.role !== 'owner' || !owner.emailVerified) continue;
    await notifyAccount(context, owner, notice, { languages: owner.locale ? [owner.locale, ...languages] : languages });
  }
}
