import { hashSecret, randomId } from './ids.ts';
import { Repository } from './repository.ts';

/** Longer than a run of the doctor takes, and than two clocks of one installation differ. */
const LIFETIME_MS = 5 * 60 * 1000;
const TOKEN_BYTES = 32;

/**
 * Tokens by which a command on one machine proves to a server on another that both belong to the same installation: whoever can write to the
 * database is the operator. Each is for one run of one command, which closes it, and only its hash is kept. One whose run was killed expires,
 * and is swept.
 */
export class DiagnosticTokenRepository extends Repository {
  async open(): Promise<string> {
    const token = randomId(TOKEN_BYTES);
    await this.db
      .insertInto('diagnostic_tokens')
      .values({ token_hash: hashSecret(token), expires_at: Date.now() + LIFETIME_MS })
      .execute();
    return token;
  }

  async isOpen(token: string): Promise<boolean> {
    const row = await this.db
      .selectFrom('diagnostic_tokens')
      .select('token_hash')
      .where('token_hash', '=', hashSecret(token))
      .where('expires_at', '>', Date.now())
      .executeTakeFirst();
    return row !== undefined;
  }

  async close(token: string): Promise<void> {
    await this.db.deleteFrom('diagnostic_tokens').where('token_hash', '=', hashSecret(token)).execute();
  }
}
