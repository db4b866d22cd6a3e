import { hashSecret, randomId } from './ids.ts';
import { Repository } from './repository.ts';

/** Longer than a run of the doctor takes, and than two clocks of one installation differ. */
const LIFETIME_MS = 10 * 60 * 1000;
const TOKEN_BYTES = 32;
/** With what their names in the table of secrets begin. */
export const DIAGNOSTIC_TOKENS = 'diagnostics ';

/**
 * Tokens by which a command on one machine proves to a server on another that both belong to the same installation: whoever can write to the
 * database is the operator. Each is for one run of one command, and only its hash is kept.
 */
export class DiagnosticTokenRepository extends Repository {
  /** @returns a new token. It also removes what earlier runs left behind when they were killed */
  async open(): Promise<string> {
    const token = randomId(TOKEN_BYTES);
    const now = Date.now();
    await this.db
      .deleteFrom('secrets')
      .where('name', 'like', `${DIAGNOSTIC_TOKENS}%`)
      .where('created_at', '<=', now - LIFETIME_MS)
      .execute();
    await this.db
      .insertInto('secrets')
      .values({ name: DIAGNOSTIC_TOKENS + hashSecret(token), value: '', created_at: now })
      .execute();
    return token;
  }

  async isOpen(token: string): Promise<boolean> {
    const row = await this.db
      .selectFrom('secrets')
      .select('created_at')
      .where('name', '=', DIAGNOSTIC_TOKENS + hashSecret(token))
      .executeTakeFirst();
    return row !== undefined && row.created_at > Date.now() - LIFETIME_MS;
  }

  async close(token: string): Promise<void> {
    await this.db
      .deleteFrom('secrets')
      .where('name', '=', DIAGNOSTIC_TOKENS + hashSecret(token))
      .execute();
  }
}
