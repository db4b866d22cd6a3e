import type { Selectable } from 'kysely';
import { type Account, AccountRepository } from './accounts.ts';
import { dateOf } from './columns.ts';
import { isUniqueViolation } from './database-errors.ts';
import { emailKey } from './email-key.ts';
import { present } from './present.ts';
import { RealmRepository } from './repository.ts';
import type { DirectoryPersonRow } from './tables.ts';

/** What the operator's directory has last said about an account's person. */
export interface DirectoryPerson {
  accountId: string;
  /** As whom it knows them, like `ImportedPerson.key`. Of somebody whom it does not know, there is none. */
  key?: string;
  /** Of what it said about them. */
  digest?: string;
  /** Of the password that it found right. Kept only where it may be needed while the directory is out of order. */
  passwordHash?: string;
  /** When it last had nothing against them. */
  confirmedAt: Date;
  /** Since when it does not let them in. */
  refusedAt?: Date;
}

/** A good word: of somebody whom the directory knows, with `key` and `digest`. */
export interface DirectoryWord {
  accountId: string;
  key?: string;
  digest?: string;
  /** null: none is kept. Undefined: as it was. */
  passwordHash?: string | null;
}

/** Most addresses have one. */
const MAX_LISTED = 4;

/** The people of one realm about whom a directory was asked. */
export class DirectoryPersonRepository extends RealmRepository {
  async find(accountId: string): Promise<DirectoryPerson | undefined> {
    const row = await this.#select().where('account_id', '=', accountId).executeTakeFirst();
    return row && toDirectoryPerson(row);
  }

  async findByKey(key: string): Promise<DirectoryPerson | undefined> {
    const row = await this.#select().where('person_key', '=', key).executeTakeFirst();
    return row && toDirectoryPerson(row);
  }

  /** Accounts with an address whose people the directory knows, each with what it said last. */
  async accountsWith(email: string): Promise<{ account: Account; word: DirectoryPerson }[]> {
    if (email.includes('\0')) return [];
    const rows = await this.#select()
      .innerJoin('accounts', 'accounts.id', 'directory_people.account_id')
      .select(['accounts.id'])
      .where('accounts.realm', '=', this.realm)
      .where('email_key', '=', emailKey(email))
      .where('person_key', 'is not', null)
      .limit(MAX_LISTED)
      .execute();
    const accounts = new AccountRepository(this.db, this.realm);
    const found = await Promise.all(
      rows.map(async (row) => ({ account: await accounts.find(row.account_id), word: toDirectoryPerson(row) })),
    );
    return found.flatMap(({ account, word }) => (account ? [{ account, word }] : []));
  }

  /**
   * Notes a good word. Whom the directory did not let in before, it lets in again; whom the operator has blocked here stays blocked.
   * @returns false when the directory's person is another account already; then nothing has changed
   */
  async confirm({ accountId, key, digest, passwordHash }: DirectoryWord): Promise<boolean> {
    const values = {
      ...(key !== undefined && { person_key: key }),
      ...(digest !== undefined && { person_digest: digest }),
      ...(passwordHash !== undefined && { password_hash: passwordHash }),
      confirmed_at: Date.now(),
      refused_at: null,
    };
    await this.#unblock(accountId);
    try {
      await this.db
        .insertInto('directory_people')
        .values({ account_id: accountId, realm: this.realm, ...values })
        .onConflict((conflict) => conflict.column('account_id').doUpdateSet(values))
        .execute();
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  /** Blocks an account because the directory does not let its person in (any more), and forgets the password. */
  async refuse(accountId: string): Promise<void> {
    const now = Date.now();
    await this.db
      .updateTable('directory_people')
      .set({ refused_at: now, password_hash: null })
      .where('realm', '=', this.realm)
      .where('account_id', '=', accountId)
      .where('refused_at', 'is', null)
      .execute();
    await this.db
      .updateTable('accounts')
      .set({ blocked_at: now, updated_at: now })
      .where('realm', '=', this.realm)
      .where('id', '=', accountId)
      .where('blocked_at', 'is', null)
      .execute();
  }

  /** Only what {@link refuse} has blocked, which the two equal times tell. */
  async #unblock(accountId: string): Promise<void> {
    await this.db
      .updateTable('accounts')
      .set({ blocked_at: null, updated_at: Date.now() })
      .where('realm', '=', this.realm)
      .where('id', '=', accountId)
      .where('blocked_at', '=', ({ selectFrom }) =>
        selectFrom('directory_people').select('refused_at').where('directory_people.account_id', '=', accountId),
      )
      .execute();
  }

  #select() {
    return this.db
      .selectFrom('directory_people')
      .selectAll('directory_people')
      .where('directory_people.realm', '=', this.realm);
  }
}

function toDirectoryPerson(row: Selectable<DirectoryPersonRow>): DirectoryPerson {
  return present<DirectoryPerson>({
    accountId: row.account_id,
    key: row.person_key,
    digest: row.person_digest,
    passwordHash: row.password_hash,
    confirmedAt: new Date(Number(row.confirmed_at)),
    refusedAt: dateOf(row.refused_at),
  });
}
