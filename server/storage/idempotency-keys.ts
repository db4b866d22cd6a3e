import { hashSecret } from './ids.ts';
import { Repository } from './repository.ts';
import { IDEMPOTENCY_KEY_LIFETIME_MS } from './sweeper.ts';

/** A request that takes longer has died with its process. Well above the server's request timeout. */
const ABANDONED_AFTER_MS = 2 * 60 * 1000;

export type IdempotencyClaim =
  /** The first request with this key. The caller answers it, then calls `finish`, or `release` when it failed. */
  | { outcome: 'first' }
  | { outcome: 'answered'; status: number; body: string }
  /** The first request is still under way. */
  | { outcome: 'under-way' }
  /** The key was used for another request. */
  | { outcome: 'different' };

/** Requests that a caller may repeat, per environment. A repeated request gets the answer of the first. */
export class IdempotencyKeyRepository extends Repository {
  async claim(clientId: string, key: string, request: string): Promise<IdempotencyClaim> {
    const now = Date.now();
    const keyHash = hashSecret(key);
    const requestHash = hashSecret(request);
    await this.db
      .deleteFrom('idempotency_keys')
      .where('client_id', '=', clientId)
      .where('key_hash', '=', keyHash)
      .where((row) =>
        row.or([
          row('created_at', '<', now - IDEMPOTENCY_KEY_LIFETIME_MS),
          row.and([row('status', 'is', null), row('created_at', '<', now - ABANDONED_AFTER_MS)]),
        ]),
      )
      .execute();
    const inserted = await this.db
      .insertInto('idempotency_keys')
      .values({
        client_id: clientId,
        key_hash: keyHash,
        request_hash: requestHash,
        status: null,
        body: null,
        created_at: now,
      })
      .onConflict((conflict) => conflict.columns(['client_id', 'key_hash']).doNothing())
      .executeTakeFirst();
    if ((inserted.numInsertedOrUpdatedRows ?? 0n) > 0n) return { outcome: 'first' };
    const row = await this.db
      .selectFrom('idempotency_keys')
      .select(['request_hash', 'status', 'body'])
      .where('client_id', '=', clientId)
      .where('key_hash', '=', keyHash)
      .executeTakeFirst();
    if (!row) return { outcome: 'under-way' };
    if (row.request_hash !== requestHash) return { outcome: 'different' };
    return row.status === null || row.body === null
      ? { outcome: 'under-way' }
      : { outcome: 'answered', status: row.status, body: row.body };
  }

  /**
   * @param body sealed by the caller where it tells of a person, because the key is not stored
   * @param userId of the user whom the body tells of: the answer is deleted with the user
   */
  async finish(clientId: string, key: string, status: number, body: string, userId?: string): Promise<void> {
    await this.db
      .updateTable('idempotency_keys')
      .set(({ selectFrom }) => ({
        status,
        body,
        // Null when the user has been deleted meanwhile.
        user_id: userId === undefined ? null : selectFrom('users').select('id').where('id', '=', userId),
      }))
      .where('client_id', '=', clientId)
      .where('key_hash', '=', hashSecret(key))
      .execute();
  }

  /** Deletes the claim of a request that failed, so that the request can be tried again. */
  async release(clientId: string, key: string): Promise<void> {
    await this.db
      .deleteFrom('idempotency_keys')
      .where('client_id', '=', clientId)
      .where('key_hash', '=', hashSecret(key))
      .where('status', 'is', null)
      .execute();
  }
}
