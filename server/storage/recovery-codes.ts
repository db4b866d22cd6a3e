import { hashSecret } from './ids.ts';
import { RealmRepository } from './repository.ts';
import { transaction } from './transaction.ts';

/** Codes that stand in for an authenticator app, once each. An account has one set of them. */
export class RecoveryCodeRepository extends RealmRepository {
  /** Makes these the account's codes. Those before are over. */
  async replace(accountId: string, codes: readonly string[]): Promise<void> {
    const now = Date.now();
    await transaction(this.db, async (trx) => {
      await trx
        .deleteFrom('recovery_codes')
        .where('realm', '=', this.realm)
        .where('account_id', '=', accountId)
        .execute();
      if (codes.length === 0) return;
      const rows = codes.map((code) => ({ code_hash: hashOf(accountId, code), created_at: now, used_at: null }));
      await trx
        .insertInto('recovery_codes')
        .values(rows.map((row) => ({ realm: this.realm, account_id: accountId, ...row })))
        .execute();
    });
  }

  /** Uses one up. @returns false when it is none of the account's, or was used, by whichever process */
  async use(accountId: string, code: string): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('recovery_codes')
      .set({ used_at: Date.now() })
      .where('realm', '=', this.realm)
      .where('account_id', '=', accountId)
      .where('code_hash', '=', hashOf(accountId, code))
      .where('used_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** How many of them are left. */
  async count(accountId: string): Promise<number> {
    const row = await this.db
      .selectFrom('recovery_codes')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('realm', '=', this.realm)
      .where('account_id', '=', accountId)
      .where('used_at', 'is', null)
      .executeTakeFirst();
    return Number(row?.count ?? 0);
  }
}

/** A fast hash is enough, because the codes are random and long. With the account, so that a guess is a guess at one person's alone. */
function hashOf(accountId: string, code: string): string {
  return hashSecret(`recovery-code\n${accountId}\n${code}`);
}
