import type { AddressClaim } from '@signup-with-platform/protocol';
import type { Selectable, Updateable } from 'kysely';
import { dateOf, fromJson } from './columns.ts';
import { isUniqueViolation } from './database-errors.ts';
import { randomId } from './ids.ts';
import { present } from './present.ts';
import { type AccountProfile, type AccountProfileChanges, profileColumns, profileOf } from './profile-columns.ts';
import { RealmRepository } from './repository.ts';
import type { AccountRow } from './tables.ts';

export type { AccountProfile, AccountProfileChanges };

/** A person registered on the platform. */
export interface Account extends AccountProfile {
  id: string;
  email?: string;
  emailVerified: boolean;
  passwordHash?: string;
  /** Sandbox only. */
  persona?: string;
  blocked: boolean;
  /** Addresses besides `address`, which is the default. */
  otherAddresses?: AddressClaim[];
  /** When the account is deleted, because the person has requested it. */
  deletionDueAt?: Date;
  /** When the popup last offered to make a passkey. */
  passkeyOfferedAt?: Date;
  /** Of a test person who was made for one visitor: when the account is deleted. */
  expiresAt?: Date;
  createdAt: Date;
  updatedAt: Date;
}

export type NewAccount = Partial<Omit<Account, 'id' | 'createdAt' | 'updatedAt'>>;
/** Thrown when a second account would get the same verified address. */
export class EmailTakenError extends Error {
  override name = 'EmailTakenError';
}

/** An e-mail address as it is looked up. Case is ignored, because in practice no two mailboxes differ by case alone. */
export function emailKey(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}

/** Many accounts may claim one address without having verified it. A sign-in tries at most this many, to bound its work. */
export const MAX_CANDIDATES = 4;

/** The accounts of one realm. */
export class AccountRepository extends RealmRepository {
  /** @throws EmailTakenError when the new account is verified and another verified one has the address */
  async create(account: NewAccount): Promise<Account> {
    const now = Date.now();
    const insert = this.db
      .insertInto('accounts')
      .values({
        id: randomId(),
        realm: this.realm,
        email: account.email,
        email_key: account.email ? emailKey(account.email) : null,
        email_verified_at: account.email && account.emailVerified ? now : null,
        password_hash: account.passwordHash,
        ...profileColumns(account),
        persona: account.persona,
        blocked_at: account.blocked ? now : null,
        other_addresses: account.otherAddresses && JSON.stringify(account.otherAddresses),
        deletion_due_at: account.deletionDueAt?.getTime(),
        passkey_offered_at: account.passkeyOfferedAt?.getTime(),
        expires_at: account.expiresAt?.getTime(),
        created_at: now,
        updated_at: now,
      })
      .returningAll();
    return toAccount(await refusingTakenEmail(() => insert.executeTakeFirstOrThrow()));
  }

  async find(id: string): Promise<Account | undefined> {
    const row = await this.#select().where('id', '=', id).executeTakeFirst();
    return row && toAccount(row);
  }

  /** Accounts that may be meant by an address: the verified one first, then the claims to it, oldest first. */
  async findByEmail(email: string): Promise<Account[]> {
    // PostgreSQL takes no NUL in a text, not even to look for it.
    if (email.includes('\0')) return [];
    const rows = await this.#verifiedFirst(email).orderBy('created_at').limit(MAX_CANDIDATES).execute();
    return rows.map(toAccount);
  }

  /**
   * The account that somebody may recover by proving to read the mail of an address: the verified one, or else the latest that claims the
   * address. An earlier claim could be a trap that somebody else has prepared for the owner.
   */
  async findRecoverable(email: string): Promise<Account | undefined> {
    if (email.includes('\0')) return undefined;
    const row = await this.#verifiedFirst(email).orderBy('created_at', 'desc').limit(1).executeTakeFirst();
    return row && toAccount(row);
  }

  async findPersona(persona: string): Promise<Account | undefined> {
    const row = await this.#select().where('persona', '=', persona).executeTakeFirst();
    return row && toAccount(row);
  }

  /** Sets the given values, removes those that are null, and leaves the rest. */
  async updateProfile(id: string, changes: AccountProfileChanges): Promise<void> {
    await this.#update(id, profileColumns(changes));
  }

  /**
   * Replaces the addresses of an account; the first one is the default.
   *
   * @param change is called with the current addresses, and again if they have changed meanwhile, so that neither of two changes at the
   * same moment is lost; an error that it throws ends the change
   * @returns whether there is such an account
   */
  async changeAddresses(
    id: string,
    change: (current: readonly AddressClaim[]) => readonly AddressClaim[],
  ): Promise<boolean> {
    for (;;) {
      const row = await this.#select().where('id', '=', id).executeTakeFirst();
      if (!row) return false;
      const { address, otherAddresses = [] } = toAccount(row);
      const [first, ...others] = change([...(address ? [address] : []), ...otherAddresses]);
      const { numUpdatedRows } = await this.db
        .updateTable('accounts')
        .set({
          address: first ? JSON.stringify(first) : null,
          other_addresses: others.length > 0 ? JSON.stringify(others) : null,
          updated_at: Date.now(),
        })
        .where('realm', '=', this.realm)
        .where('id', '=', id)
        .where('address', 'is not distinct from', row.address)
        .where('other_addresses', 'is not distinct from', row.other_addresses)
        .executeTakeFirst();
      // The loop ends, because in each round that fails another change has succeeded.
      if (numUpdatedRows > 0n) return true;
    }
  }

  /**
   * Marks `email` as verified, if it is still the account's address.
   * @throws EmailTakenError when another account of the realm has verified it
   */
  async markEmailVerified(id: string, email: string): Promise<void> {
    await refusingTakenEmail(() =>
      this.db
        .updateTable('accounts')
        .set({ email_verified_at: Date.now(), updated_at: Date.now() })
        .where('realm', '=', this.realm)
        .where('id', '=', id)
        .where('email_key', '=', emailKey(email))
        .execute(),
    );
  }

  /**
   * Gives the account another address, which its owner has verified.
   * @throws EmailTakenError when another account of the realm has verified it; then nothing has changed
   */
  async changeEmail(id: string, email: string): Promise<void> {
    const now = Date.now();
    await refusingTakenEmail(() =>
      this.#update(id, { email: email.trim(), email_key: emailKey(email), email_verified_at: now }),
    );
  }

  /** The latest accounts, or those of one address, newest first. For the operator. */
  async list({ email, limit }: { email?: string; limit: number }): Promise<Account[]> {
    let query = this.#select().orderBy('created_at', 'desc').orderBy('id').limit(limit);
    if (email !== undefined) query = query.where('email_key', '=', emailKey(email));
    return (await query.execute()).map(toAccount);
  }

  /** A blocked account is signed in nowhere: callers that ask for it are told that it does not exist, or that it is blocked. */
  async setBlocked(id: string, blocked: boolean): Promise<void> {
    await this.#update(id, { blocked_at: blocked ? Date.now() : null });
  }

  async setPasswordHash(id: string, passwordHash: string): Promise<void> {
    await this.#update(id, { password_hash: passwordHash });
  }

  async #update(id: string, columns: Updateable<AccountRow>): Promise<void> {
    if (Object.values(columns).every((value) => value === undefined)) return;
    await this.db
      .updateTable('accounts')
      .set({ ...columns, updated_at: Date.now() })
      .where('realm', '=', this.realm)
      .where('id', '=', id)
      .execute();
  }

  #verifiedFirst(email: string) {
    return this.#select()
      .where('email_key', '=', emailKey(email))
      .orderBy((order) => order.case().when('email_verified_at', 'is not', null).then(0).else(1).end());
  }

  #select() {
    return this.db.selectFrom('accounts').selectAll().where('realm', '=', this.realm);
  }
}

async function refusingTakenEmail<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    throw isUniqueViolation(error)
      ? new EmailTakenError('another account has verified this address', { cause: error })
      : error;
  }
}

/** An account from its columns. */
export function toAccount(row: Omit<Selectable<AccountRow>, 'realm' | 'email_key'>): Account {
  const own = present<Omit<Account, keyof AccountProfile>>({
    id: row.id,
    email: row.email,
    emailVerified: row.email_verified_at !== null,
    passwordHash: row.password_hash,
    persona: row.persona,
    blocked: row.blocked_at !== null,
    otherAddresses: fromJson(row.other_addresses),
    deletionDueAt: dateOf(row.deletion_due_at),
    passkeyOfferedAt: dateOf(row.passkey_offered_at),
    expiresAt: dateOf(row.expires_at),
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
  });
  return { ...own, ...profileOf(row) };
}
