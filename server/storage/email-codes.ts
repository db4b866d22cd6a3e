import type { Selectable } from 'kysely';
import { emailKey } from './accounts.ts';
import { hashSecret, randomId } from './ids.ts';
import { RealmRepository } from './repository.ts';
import type { EmailCodePurpose, EmailCodeRow } from './tables.ts';

const CODE_BYTES = 24;

/** The account and the address that a code verifies. */
export interface EmailClaim {
  accountId: string;
  email: string;
}

/** Codes sent by mail. Each works once, and only its hash is stored. */
export class EmailCodeRepository extends RealmRepository {
  /** @returns the code, to be mailed and not stored */
  async create(
    accountId: string,
    email: string,
    lifetimeSeconds: number,
    purpose: EmailCodePurpose = 'verify_email',
  ): Promise<string> {
    const code = randomId(CODE_BYTES);
    const now = Date.now();
    await this.db
      .insertInto('email_codes')
      .values({
        code_hash: hashSecret(code),
        realm: this.realm,
        account_id: accountId,
        purpose,
        email_key: emailKey(email),
        email: email.trim(),
        expires_at: now + lifetimeSeconds * 1000,
        created_at: now,
      })
      .execute();
    return code;
  }

  /** Finds a code that still works, without consuming it. */
  async find(code: string, purpose: EmailCodePurpose = 'verify_email'): Promise<EmailClaim | undefined> {
    const row = await this.db
      .selectFrom('email_codes')
      .select(['account_id', 'email_key', 'email'])
      .where('realm', '=', this.realm)
      .where('code_hash', '=', hashSecret(code))
      .where('purpose', '=', purpose)
      .where('expires_at', '>', Date.now())
      .executeTakeFirst();
    return row && toClaim(row);
  }

  /** Consumes a code. @returns undefined when it is unknown, used, expired, or for another purpose */
  async consume(code: string, purpose: EmailCodePurpose = 'verify_email'): Promise<EmailClaim | undefined> {
    const row = await this.db
      .deleteFrom('email_codes')
      .where('realm', '=', this.realm)
      .where('code_hash', '=', hashSecret(code))
      .where('purpose', '=', purpose)
      .where('expires_at', '>', Date.now())
      .returning(['account_id', 'email_key', 'email'])
      .executeTakeFirst();
    return row && toClaim(row);
  }

  /** The address to which the account's latest working code for this purpose was sent. */
  async pendingAddress(accountId: string, purpose: EmailCodePurpose): Promise<string | undefined> {
    const row = await this.db
      .selectFrom('email_codes')
      .select(['account_id', 'email_key', 'email'])
      .where('realm', '=', this.realm)
      .where('account_id', '=', accountId)
      .where('purpose', '=', purpose)
      .where('expires_at', '>', Date.now())
      .orderBy('created_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row && toClaim(row).email;
  }

  /** Deletes the account's codes for this purpose. */
  async revoke(accountId: string, purpose: EmailCodePurpose): Promise<void> {
    await this.db
      .deleteFrom('email_codes')
      .where('realm', '=', this.realm)
      .where('account_id', '=', accountId)
      .where('purpose', '=', purpose)
      .execute();
  }
}

function toClaim(row: Pick<Selectable<EmailCodeRow>, 'account_id' | 'email_key' | 'email'>): EmailClaim {
  return { accountId: row.account_id, email: row.email ?? row.email_key };
}
