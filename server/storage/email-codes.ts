import type { Realm } from '@signup-with-platform/protocol';
import type { Kysely } from 'kysely';
import { emailKey } from './accounts.ts';
import { hashSecret, randomId } from './ids.ts';
import type { Tables } from './tables.ts';

const CODE_BYTES = 24;

/** Secrets sent by mail, single use, kept as hashes. */
export class EmailCodeRepository {
  readonly #db: Kysely<Tables>;
  readonly #realm: Realm;

  constructor(db: Kysely<Tables>, realm: Realm) {
    this.#db = db;
    this.#realm = realm;
  }

  /** @returns the code, to be mailed and forgotten */
  async create(accountId: string, email: string, lifetimeSeconds: number): Promise<string> {
    const code = randomId(CODE_BYTES);
    const now = Date.now();
    await this.#db
      .insertInto('email_codes')
      .values({
        code_hash: hashSecret(code),
        realm: this.#realm,
        account_id: accountId,
        purpose: 'verify_email',
        email_key: emailKey(email),
        expires_at: now + lifetimeSeconds * 1000,
        created_at: now,
      })
      .execute();
    return code;
  }

  /** Takes the code out. @returns undefined when it is unknown, used or expired */
  async consume(code: string): Promise<{ accountId: string; email: string } | undefined> {
    const row = await this.#db
      .deleteFrom('email_codes')
      .where('realm', '=', this.#realm)
      .where('code_hash', '=', hashSecret(code))
      .where('expires_at', '>', Date.now())
      .returning(['account_id', 'email_key'])
      .executeTakeFirst();
    return row && { accountId: row.account_id, email: row.email_key };
  }
}
