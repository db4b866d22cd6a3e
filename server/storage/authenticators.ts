import type { Selectable } from 'kysely';
import { present } from './present.ts';
import { RealmRepository } from './repository.ts';
import type { AuthenticatorRow, AuthenticatorState } from './tables.ts';
import { transaction } from './transaction.ts';

export type { AuthenticatorState };

/** An app that makes codes of time (RFC 6238). */
export interface Authenticator {
  id: string;
  /** Sealed; what unseals it is not in the database. */
  secret: string;
  createdAt: Date;
}

/** Authenticator apps: of an account, one that works and one that is being set up. */
export class AuthenticatorRepository extends RealmRepository {
  /** Begins to set one up, in the place of another that was being set up. What works goes on working. */
  async begin(accountId: string, { id, secret }: Pick<Authenticator, 'id' | 'secret'>, lifetimeMs: number) {
    const now = Date.now();
    const values = { id, secret, last_step: null, created_at: now, expires_at: now + lifetimeMs };
    await this.db
      .insertInto('authenticators')
      .values({ realm: this.realm, account_id: accountId, state: 'pending', ...values })
      .onConflict((conflict) => conflict.columns(['account_id', 'state']).doUpdateSet(values))
      .execute();
  }

  /** The one that works, or the one that is being set up. */
  async find(accountId: string, state: AuthenticatorState): Promise<Authenticator | undefined> {
    const row = await this.db
      .selectFrom('authenticators')
      .selectAll()
      .where('realm', '=', this.realm)
      .where('account_id', '=', accountId)
      .where('state', '=', state)
      .where(({ eb, or }) => or([eb('expires_at', 'is', null), eb('expires_at', '>', Date.now())]))
      .executeTakeFirst();
    return row && toAuthenticator(row);
  }

  /**
   * Uses up the code of a step, and all that are older, so that whoever has seen one typed has none (RFC 6238 section 5.2).
   * @returns false when it was used, by whichever process, or the authenticator is not the account's any more
   */
  async useStep(accountId: string, id: string, step: number): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('authenticators')
      .set({ last_step: step })
      .where('realm', '=', this.realm)
      .where('account_id', '=', accountId)
      .where('state', '=', 'active')
      .where('id', '=', id)
      .where(({ eb, or }) => or([eb('last_step', 'is', null), eb('last_step', '<', step)]))
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /**
   * Has the one that was set up work, in the place of the one before. The code that proved it is used up.
   * @param secret sealed for the one that works. Default: as it was
   * @returns false when that is not being set up any more
   */
  async confirm(accountId: string, id: string, step: number, secret?: string): Promise<boolean> {
    return transaction(this.db, async (trx) => {
      const pending = await trx
        .deleteFrom('authenticators')
        .where('realm', '=', this.realm)
        .where('account_id', '=', accountId)
        .where('state', '=', 'pending')
        .where('id', '=', id)
        .where('expires_at', '>', Date.now())
        .returningAll()
        .executeTakeFirst();
      if (!pending) return false;
      const own = secret ?? pending.secret;
      const values = { id, secret: own, last_step: step, created_at: Date.now(), expires_at: null };
      await trx
        .insertInto('authenticators')
        .values({ realm: this.realm, account_id: accountId, state: 'active', ...values })
        .onConflict((conflict) => conflict.columns(['account_id', 'state']).doUpdateSet(values))
        .execute();
      return true;
    });
  }

  /** Removes both. @returns whether one of them worked */
  async remove(accountId: string): Promise<boolean> {
    const removed = await this.db
      .deleteFrom('authenticators')
      .where('realm', '=', this.realm)
      .where('account_id', '=', accountId)
      .returning('state')
      .execute();
    return removed.some(({ state }) => state === 'active');
  }
}

function toAuthenticator(row: Selectable<AuthenticatorRow>): Authenticator {
  return present<Authenticator>({ id: row.id, secret: row.secret, createdAt: new Date(row.created_at) });
}
