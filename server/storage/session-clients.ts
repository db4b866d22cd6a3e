import type { Realm } from '@signup-with-platform/protocol';
import type { Kysely } from 'kysely';
import { addJobs } from './jobs.ts';
import type { Tables } from './tables.ts';

/** What a client is told: that one session of one of its users has ended. */
export interface EndedSession {
  readonly clientId: string;
  /** As the client knows them. */
  readonly userId: string;
  /** The session's public identifier, of which the client sees a digest only. */
  readonly session: string;
}

/** A response with tokens is still on its way when its session has ended meanwhile. */
const AFTER_RESPONSE_MS = 5_000;

/**
 * Adds a job for each backend that has received tokens in sessions that end: within the transaction that ends them, so that none is lost and
 * none is told of what did not happen.
 * @param sessions a bounded number
 * @param delayMs default: at once
 */
export async function queueLogouts(
  db: Kysely<Tables>,
  realm: Realm,
  sessions: readonly { uid: string }[],
  delayMs = 0,
): Promise<void> {
  if (sessions.length === 0) return;
  const uids = sessions.map(({ uid }) => uid);
  const told = await db
    .deleteFrom('session_clients')
    .where('session_uid', 'in', uids)
    .where('realm', '=', realm)
    .returning(['session_uid', 'client_id', 'user_id'])
    .execute();
  await addJobs(
    db,
    told.map(({ session_uid: session, client_id: clientId, user_id: userId }) => ({
      kind: 'backchannel_logout',
      realm,
      clientId,
      userId,
      payload: { session },
      delayMs,
    })),
  );
}

/** @param trx because a session that ends at the same moment must either know of the client or be seen to have ended */
export async function noteSessionClient(
  trx: Kysely<Tables>,
  realm: Realm,
  uid: string,
  { clientId, userId }: { clientId: string; userId: string },
): Promise<void> {
  // The write comes first, because it locks the row on every engine. A session that is not stored yet cannot have ended.
  const session = await trx
    .updateTable('sessions')
    .set((row) => ({ last_seen_at: row.ref('last_seen_at') }))
    .where('uid', '=', uid)
    .where('realm', '=', realm)
    .returning('ended_at')
    .executeTakeFirst();
  await trx
    .insertInto('session_clients')
    .values({ session_uid: uid, client_id: clientId, realm, user_id: userId, created_at: Date.now() })
    .onConflict((conflict) => conflict.columns(['session_uid', 'client_id']).doUpdateSet({ user_id: userId }))
    .execute();
  if (session && session.ended_at !== null) await queueLogouts(trx, realm, [{ uid }], AFTER_RESPONSE_MS);
}
