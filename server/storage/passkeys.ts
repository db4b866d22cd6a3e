import type { Selectable } from 'kysely';
import { dateOf, fromJson } from './columns.ts';
import { isUniqueViolation } from './database-errors.ts';
import { present } from './present.ts';
import { RealmRepository } from './repository.ts';
import type { PasskeyRow } from './tables.ts';

/** A WebAuthn credential of an account. */
export interface Passkey {
  /** Base64url, as authenticators name it. */
  credentialId: string;
  accountId: string;
  /** The name that its owner has given it. */
  name: string;
  /** COSE key, base64url. */
  publicKey: string;
  /** The authenticator's signature counter; 0 when the authenticator has none. */
  counter: number;
  /** How the authenticator can be reached, e.g. `internal`. */
  transports: string[];
  /** Whether it is backed up, and so available on other devices (WebAuthn's BS flag). */
  synced: boolean;
  createdAt: Date;
  lastUsedAt?: Date;
  /** What the authenticator knows its owner by, base64url, where another system has made the passkey. Default: the account's id. */
  userHandle?: string;
}

export type NewPasskey = Omit<Passkey, 'createdAt' | 'lastUsedAt' | 'userHandle'>;

/** The passkeys of one realm. */
export class PasskeyRepository extends RealmRepository {
  /** @returns undefined when any account of any realm has a passkey with this id */
  async create(passkey: NewPasskey): Promise<Passkey | undefined> {
    const row: Selectable<PasskeyRow> = {
      credential_id: passkey.credentialId,
      realm: this.realm,
      account_id: passkey.accountId,
      name: passkey.name,
      public_key: passkey.publicKey,
      counter: passkey.counter,
      transports: JSON.stringify(passkey.transports),
      backed_up: passkey.synced ? 1 : null,
      created_at: Date.now(),
      last_used_at: null,
      user_handle: null,
    };
    try {
      await this.db.insertInto('passkeys').values(row).execute();
    } catch (error) {
      if (isUniqueViolation(error)) return undefined;
      throw error;
    }
    return toPasskey(row);
  }

  async find(credentialId: string): Promise<Passkey | undefined> {
    const row = await this.#select().where('credential_id', '=', credentialId).executeTakeFirst();
    return row && toPasskey(row);
  }

  /** Oldest first. */
  async list(accountId: string): Promise<Passkey[]> {
    const rows = await this.#select()
      .where('account_id', '=', accountId)
      .orderBy('created_at')
      .orderBy('credential_id')
      .execute();
    return rows.map(toPasskey);
  }

  /**
   * Records a sign-in. The counter has to increase (WebAuthn section 6.1.1) or stay at 0. Of two sign-ins with the same counter only the
   * first is recorded, whichever processes handle them.
   * @returns false when the counter has not increased, or the passkey does not exist
   */
  async use(credentialId: string, { counter, synced }: Pick<Passkey, 'counter' | 'synced'>): Promise<boolean> {
    const result = await this.db
      .updateTable('passkeys')
      .set({ counter, backed_up: synced ? 1 : null, last_used_at: Date.now() })
      .where('realm', '=', this.realm)
      .where('credential_id', '=', credentialId)
      .where('counter', counter === 0 ? '=' : '<', counter)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }

  /** @returns false when the account has no such passkey */
  async rename(accountId: string, credentialId: string, name: string): Promise<boolean> {
    const result = await this.db
      .updateTable('passkeys')
      .set({ name })
      .where('realm', '=', this.realm)
      .where('account_id', '=', accountId)
      .where('credential_id', '=', credentialId)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }

  /** @returns false when the account has no such passkey */
  async remove(accountId: string, credentialId: string): Promise<boolean> {
    const result = await this.db
      .deleteFrom('passkeys')
      .where('realm', '=', this.realm)
      .where('account_id', '=', accountId)
      .where('credential_id', '=', credentialId)
      .executeTakeFirst();
    return result.numDeletedRows > 0n;
  }

  /**
   * Records that the account is offered a passkey now, unless it has one, or was offered one after `notSince`.
   * @returns whether to offer one; exactly one of several callers gets true
   */
  async offer(accountId: string, notSince: Date): Promise<boolean> {
    const result = await this.db
      .updateTable('accounts')
      .set({ passkey_offered_at: Date.now() })
      .where('realm', '=', this.realm)
      .where('id', '=', accountId)
      .where('persona', 'is', null)
      .where((row) =>
        row.or([row('passkey_offered_at', 'is', null), row('passkey_offered_at', '<', notSince.getTime())]),
      )
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('passkeys').select('credential_id').where('account_id', '=', accountId))),
      )
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }

  #select() {
    return this.db.selectFrom('passkeys').selectAll().where('realm', '=', this.realm);
  }
}

function toPasskey(row: Selectable<PasskeyRow>): Passkey {
  return present<Passkey>({
    credentialId: row.credential_id,
    accountId: row.account_id,
    name: row.name,
    publicKey: row.public_key,
    counter: Number(row.counter),
    transports: fromJson(row.transports) ?? [],
    synced: row.backed_up !== null,
    createdAt: new Date(row.created_at),
    lastUsedAt: dateOf(row.last_used_at),
    userHandle: row.user_handle,
  });
}
