import { RealmRepository } from './repository.ts';

/** A submission whose claim is older, and was not renewed, has died with its process. */
const ABANDONED_AFTER_MS = 5_000;
/** Of a claim without an answer. */
const LIFETIME_MS = 4 * 60 * 1000;

export type SubmissionClaim =
  /** The first with this key. The caller answers it, then calls `finish`, or `release` when its answer is not to be repeated. */
  | { outcome: 'first' }
  | { outcome: 'answered'; answer: string }
  /** The first is still under way. */
  | { outcome: 'under-way' };

/** Forms that have been sent to one realm a moment ago, so that one which is sent again has no second effect. */
export class SubmissionRepository extends RealmRepository {
  /** Exactly one of several callers is the first, in whichever process. */
  async claim(keyHash: string): Promise<SubmissionClaim> {
    const now = Date.now();
    const claim = { answer: null, created_at: now, expires_at: now + LIFETIME_MS };
    const inserted = await this.db
      .insertInto('submissions')
      .values({ realm: this.realm, key_hash: keyHash, ...claim })
      .onConflict((conflict) =>
        conflict
          .columns(['realm', 'key_hash'])
          .doUpdateSet(claim)
          .where((row) =>
            row.or([
              row('submissions.expires_at', '<=', now),
              row.and([
                row('submissions.answer', 'is', null),
                row('submissions.created_at', '<', now - ABANDONED_AFTER_MS),
              ]),
            ]),
          ),
      )
      .executeTakeFirst();
    if ((inserted.numInsertedOrUpdatedRows ?? 0n) > 0n) return { outcome: 'first' };
    // Released meanwhile, it is free again, which the caller finds out by asking again.
    return (await this.find(keyHash)) ?? { outcome: 'under-way' };
  }

  /** Says that the first is still at work. To be called every second until it has finished. */
  async renew(keyHash: string): Promise<void> {
    await this.db
      .updateTable('submissions')
      .set({ created_at: Date.now() })
      .where('realm', '=', this.realm)
      .where('key_hash', '=', keyHash)
      .where('answer', 'is', null)
      .execute();
  }

  async find(keyHash: string): Promise<Exclude<SubmissionClaim, { outcome: 'first' }> | undefined> {
    const row = await this.db
      .selectFrom('submissions')
      .select(['answer', 'created_at'])
      .where('realm', '=', this.realm)
      .where('key_hash', '=', keyHash)
      .where('expires_at', '>', Date.now())
      .executeTakeFirst();
    if (!row) return undefined;
    if (row.answer !== null) return { outcome: 'answered', answer: row.answer };
    return row.created_at < Date.now() - ABANDONED_AFTER_MS ? undefined : { outcome: 'under-way' };
  }

  async finish(keyHash: string, answer: string, lifetimeMs: number): Promise<void> {
    await this.db
      .updateTable('submissions')
      .set({ answer, expires_at: Date.now() + lifetimeMs })
      .where('realm', '=', this.realm)
      .where('key_hash', '=', keyHash)
      .execute();
  }

  /** Deletes the claim, so that the same form can be sent again. */
  async release(keyHash: string): Promise<void> {
    await this.db
      .deleteFrom('submissions')
      .where('realm', '=', this.realm)
      .where('key_hash', '=', keyHash)
      .where('answer', 'is', null)
      .execute();
  }
}
