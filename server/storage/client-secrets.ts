import { CLIENT_SECRET_LENGTH } from './app-environments.ts';
import { hashSecret, randomAlphanumerics } from './ids.ts';
import { Repository } from './repository.ts';
import { transaction } from './transaction.ts';
import { noteAppEvent } from './webhook-events.ts';

/** Client secrets. An environment has one, and after a replacement the previous one works for a while, too. */
export class ClientSecretRepository extends Repository {
  /**
   * Replaces the secret. The replaced secret works for `graceMs` longer; the one before it stops working at once.
   * @returns the secret, to be shown once; undefined when there is no such environment
   */
  async replace(clientId: string, graceMs: number): Promise<string | undefined> {
    const secret = randomAlphanumerics(CLIENT_SECRET_LENGTH);
    const now = Date.now();
    return transaction(this.db, async (trx) => {
      const result = await trx
        .updateTable('environments')
        .set(({ ref }) => ({
          previous_secret_hash: graceMs > 0 ? ref('client_secret_hash') : null,
          previous_secret_expires_at: graceMs > 0 ? now + graceMs : null,
          client_secret_hash: hashSecret(secret),
          updated_at: now,
        }))
        .where('client_id', '=', clientId)
        .executeTakeFirst();
      if (result.numUpdatedRows === 0n) return undefined;
      await noteAppEvent(trx, { clientId }, { type: 'key.rotated', changed: ['client_secret'] });
      return secret;
    });
  }

  /** Ends the grace time of the previous secret. @returns false when no previous secret worked any more */
  async endPrevious(clientId: string): Promise<boolean> {
    const now = Date.now();
    const result = await this.db
      .updateTable('environments')
      .set({ previous_secret_hash: null, previous_secret_expires_at: null, updated_at: now })
      .where('client_id', '=', clientId)
      .where('previous_secret_expires_at', '>', now)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }
}
