import { hashSecret } from './ids.ts';
import { RealmRepository } from './repository.ts';

/** What other logins have said to have ended, for as long as a sign-in may be under way that began before. */
export class UpstreamLogoutRepository extends RealmRepository {
  /** Of several callers with one key, exactly one is the first, in whichever process. */
  async isFirst(key: string, lifetimeMs: number): Promise<boolean> {
    const now = Date.now();
    const row = { realm: this.realm, key_hash: hashSecret(key), noted_at: now, expires_at: now + lifetimeMs };
    const { numInsertedOrUpdatedRows = 0n } = await this.db
      .insertInto('upstream_logouts')
      .values(row)
      .onConflict((conflict) => conflict.columns(['realm', 'key_hash']).doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows > 0n;
  }

  /** Notes that something ended now. */
  async note(key: string, lifetimeMs: number): Promise<void> {
    const now = Date.now();
    const times = { noted_at: now, expires_at: now + lifetimeMs };
    await this.db
      .insertInto('upstream_logouts')
      .values({ realm: this.realm, key_hash: hashSecret(key), ...times })
      .onConflict((conflict) => conflict.columns(['realm', 'key_hash']).doUpdateSet(times))
      .execute();
  }

  /** Whether one of these ended at that time or later. */
  async anySince(keys: readonly string[], since: Date): Promise<boolean> {
    const row = await this.db
      .selectFrom('upstream_logouts')
      .select('noted_at')
      .where('realm', '=', this.realm)
      .where('key_hash', 'in', keys.map(hashSecret))
      .where('noted_at', '>=', since.getTime())
      .executeTakeFirst();
    return row !== undefined;
  }
}
