import { hash } from 'node:crypto';
import type { Realm } from '@signup-with-platform/protocol';
import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** How long a list can be continued from a user that has been deleted. */
export const LIST_POSITION_LIFETIME_MS = 24 * 60 * 60 * 1000;

/** A user by its place: lists are in the order of creation, and of ids within a moment. */
interface PlacedUser {
  readonly id: string;
  readonly client_id: string;
  readonly created_at: number;
}

/**
 * Keeps the places of users that are about to be deleted. Whoever pages through a list and deletes what it shows, names a deleted user next.
 * @param db a transaction with the deletion, or the deletion follows
 */
export async function keepListPositions(db: Kysely<Tables>, realm: Realm, users: readonly PlacedUser[]): Promise<void> {
  if (users.length === 0) return;
  const rows = users.map(({ id, client_id, created_at }) => ({
    id_hash: hashOf(id),
    realm,
    client_id,
    user_created_at: created_at,
    deleted_at: Date.now(),
  }));
  await db
    .insertInto('list_positions')
    .values(rows)
    .onConflict((conflict) => conflict.column('id_hash').doNothing())
    .execute();
}

/** @returns when the user was created who stood at this place of an environment's list, present or deleted lately */
export async function listPositionOf(
  db: Kysely<Tables>,
  realm: Realm,
  clientId: string,
  id: string,
): Promise<number | undefined> {
  const present = await db
    .selectFrom('users')
    .select('created_at')
    .where('realm', '=', realm)
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (present) return present.created_at;
  const deleted = await db
    .selectFrom('list_positions')
    .select('user_created_at')
    .where('realm', '=', realm)
    .where('client_id', '=', clientId)
    .where('id_hash', '=', hashOf(id))
    .where('deleted_at', '>', Date.now() - LIST_POSITION_LIFETIME_MS)
    .executeTakeFirst();
  return deleted?.user_created_at;
}

function hashOf(id: string): string {
  return hash('sha256', id, 'base64url');
}
