import { CLIENT_SECRET_LENGTH } from './app-environments.ts';
import { hashSecret, randomAlphanumerics } from './ids.ts';
import { Repository } from './repository.ts';

/** The secrets of environments. An environment has one, and for a while the one before it. */
export class ClientSecretRepository extends Repository {
  /**
   * Makes a new secret. The one until now opens for `graceMs` longer; one that was replaced before stops at once.
   * @returns the secret, to be shown once; undefined when there is no such environment
   */
  async replace(clientId: string, graceMs: number): Promise<string | undefined> {
    const secret = randomAlphanumerics(CLIENT_SECRET_LENGTH);
    const now = Date.now();
    const result = await this.db
      .updateTable('environments')
      .set(({ ref }) => ({
        previous_secret_hash: graceMs > 0 ? ref('client_secret_hash') : null,
        previous_secret_expires_at: graceMs > 0 ? now + graceMs : null,
        client_secret_hash: hashSecret(secret),
        updated_at: now,
      }))
      .where('client_id', '=', clientId)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n ? secret : undefined;
  }

  /** @returns false when no earlier secret was left */
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
