import type { EventLog } from '#events/event-log.ts';
import type { RealmStorage } from '#storage/index.ts';

/**
 * Tells the app's developers, in its log, that somebody has withdrawn the consent. The log says nothing of why: whether the person has
 * disconnected the app or is deleting the account is the person's own business.
 */
export async function noteWithdrawal(
  { events, rows }: { events: Pick<EventLog, 'record'>; rows: Pick<RealmStorage, 'users'> },
  { clientId, accountId, requestId }: { clientId: string; accountId: string; requestId: string },
): Promise<void> {
  const user = await rows.users.findByAccount(clientId, accountId);
  events.record(clientId, { kind: 'consent.withdrawn', requestId, userId: user?.id, detail: {} });
}
