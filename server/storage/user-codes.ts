import { hashSecret, randomId } from './ids.ts';
import { EnvironmentRepository } from './repository.ts';
import type { UserCodePurpose } from './tables.ts';

const CODE_BYTES = 24;

/** Codes of the users of one environment of an app. Each works once, and only its hash is stored. */
export class UserCodeRepository extends EnvironmentRepository {
  /** @returns the code, to be handed over and not stored */
  async create(purpose: UserCodePurpose, userId: string, lifetimeSeconds: number): Promise<string> {
    const code = randomId(CODE_BYTES);
    const now = Date.now();
    await this.db
      .insertInto('user_codes')
      .values({
        code_hash: hashSecret(code),
        realm: this.realm,
        client_id: this.clientId,
        user_id: userId,
        purpose,
        expires_at: now + lifetimeSeconds * 1000,
        created_at: now,
      })
      .execute();
    return code;
  }

  /** Consumes a code. @returns the user's id; undefined when the code is unknown, used, expired, or for another purpose */
  async consume(purpose: UserCodePurpose, code: string): Promise<string | undefined> {
    const row = await this.db
      .deleteFrom('user_codes')
      .where('realm', '=', this.realm)
      .where('client_id', '=', this.clientId)
      .where('purpose', '=', purpose)
      .where('code_hash', '=', hashSecret(code))
      .where('expires_at', '>', Date.now())
      .returning('user_id')
      .executeTakeFirst();
    return row?.user_id;
  }

  /** Deletes a user's codes for a purpose, for example after a new password, because older links must not set another one. */
  async revoke(purpose: UserCodePurpose, userId: string): Promise<void> {
    await this.db
      .deleteFrom('user_codes')
      .where('client_id', '=', this.clientId)
      .where('user_id', '=', userId)
      .where('purpose', '=', purpose)
      .execute();
  }
}
