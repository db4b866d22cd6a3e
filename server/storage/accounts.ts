import type { AddressClaim, Realm } from '@signup-with-platform/protocol';
import type { Kysely, Selectable } from 'kysely';
import { randomId } from './ids.ts';
import {
  type AccountProfile,
  type AccountProfileChanges,
  EMPTY_PROFILE,
  profileColumns,
  profileOf,
} from './profile-columns.ts';
import type { AccountRow, Tables } from './tables.ts';
import { isUniqueViolation } from './transaction.ts';

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
  /** Besides `address`, which is the default. */
  otherAddresses?: AddressClaim[];
  /** The person has asked to be forgotten, from then on. */
  deletionDueAt?: Date;
  /** When the popup last offered to make a passkey. */
  passkeyOfferedAt?: Date;
  createdAt: Date;
  updatedAt: Date;
}

export type NewAccount = Partial<Omit<Account, 'id' | 'createdAt' | 'updatedAt'>>;

/** Thrown when an address is to become the verified one of a second account. */
export class EmailTakenError extends Error {
  override name = 'EmailTakenError';
}

/** An e-mail address as it is looked up: addresses differ by case in theory only. */
export function emailKey(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}

/** Of an address with many claims only so many are looked at: bounds the work of one sign-in. */
export const MAX_CANDIDATES = 4;

/** The accounts of one realm. */
export class AccountRepository {
  readonly #db: Kysely<Tables>;
  readonly #realm: Realm;

  constructor(db: Kysely<Tables>, realm: Realm) {
    this.#db = db;
    this.#realm = realm;
  }

  /** @throws EmailTakenError when the new account is verified and another verified one has the address */
  async create(account: NewAccount): Promise<Account> {
    const now = Date.now();
    const row: Selectable<AccountRow> = {
      id: randomId(),
      realm: this.#realm,
      email: account.email ?? null,
      email_key: account.email ? emailKey(account.email) : null,
      email_verified_at: account.email && account.emailVerified ? now : null,
      password_hash: account.passwordHash ?? null,
      ...EMPTY_PROFILE,
      ...profileColumns(account),
      persona: account.persona ?? null,
      blocked_at: account.blocked ? now : null,
      other_addresses: account.otherAddresses ? JSON.stringify(account.otherAddresses) : null,
      deletion_due_at: account.deletionDueAt?.getTime() ?? null,
      passkey_offered_at: account.passkeyOfferedAt?.getTime() ?? null,
      created_at: now,
      updated_at: now,
    };
    await refusingTakenEmail(() => this.#db.insertInto('accounts').values(row).execute());
    return toAccount(row);
  }

  async find(id: string): Promise<Account | undefined> {
    const row = await this.#select().where('id', '=', id).executeTakeFirst();
    return row && toAccount(row);
  }

  /** Accounts that may be meant by an address: the verified one first, then the claims to it, oldest first. */
  async findByEmail(email: string): Promise<Account[]> {
    // PostgreSQL takes no NUL in a text, not even to look for it.
    if (email.includes('\0')) return [];
    const rows = await this.#select()
      .where('email_key', '=', emailKey(email))
      .orderBy((order) => order.case().when('email_verified_at', 'is not', null).then(0).else(1).end())
      .orderBy('created_at')
      .limit(MAX_CANDIDATES)
      .execute();
    return rows.map(toAccount);
  }

  /**
   * The one account that somebody may get back who proves to read the mail of an address: the verified one, else the latest claim to
   * it. The latest, because an earlier one may have been laid out by somebody else for the owner to step into.
   */
  async findRecoverable(email: string): Promise<Account | undefined> {
    if (email.includes('\0')) return undefined;
    const row = await this.#select()
      .where('email_key', '=', emailKey(email))
      .orderBy((order) => order.case().when('email_verified_at', 'is not', null).then(0).else(1).end())
      .orderBy('created_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row && toAccount(row);
  }

  async findPersona(persona: string): Promise<Account | undefined> {
    const row = await this.#select().where('persona', '=', persona).executeTakeFirst();
    return row && toAccount(row);
  }

  /** Sets what is given, removes what is null, and leaves the rest. */
  async updateProfile(id: string, changes: AccountProfileChanges): Promise<void> {
    await this.#update(id, profileColumns(changes));
  }

  /**
   * Puts other addresses in the place of those that an account has, the default first.
   *
   * @param change is given the addresses as they are now, and again if they have changed meanwhile, so that of two changes at once none
   * is lost; what it throws ends the change
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
      const { numUpdatedRows } = await this.#db
        .updateTable('accounts')
        .set({
          address: first ? JSON.stringify(first) : null,
          other_addresses: others.length > 0 ? JSON.stringify(others) : null,
          updated_at: Date.now(),
        })
        .where('realm', '=', this.#realm)
        .where('id', '=', id)
        .where('address', 'is not distinct from', row.address)
        .where('other_addresses', 'is not distinct from', row.other_addresses)
        .executeTakeFirst();
      // Each round that fails, another change has succeeded: this ends.
      if (numUpdatedRows > 0n) return true;
    }
  }

  /**
   * Records that the owner of the account reads mail sent to `email`, if that is still its address.
   * @throws EmailTakenError when another account of the realm has proven the same
   */
  async markEmailVerified(id: string, email: string): Promise<void> {
    await refusingTakenEmail(() =>
      this.#db
        .updateTable('accounts')
        .set({ email_verified_at: Date.now(), updated_at: Date.now() })
        .where('realm', '=', this.#realm)
        .where('id', '=', id)
        .where('email_key', '=', emailKey(email))
        .execute(),
    );
  }

  /**
   * Gives the account another address, which its owner has proven to read.
   * @throws EmailTakenError when another account of the realm has proven the same; then nothing has changed
   */
  async changeEmail(id: string, email: string): Promise<void> {
    const now = Date.now();
    await refusingTakenEmail(() =>
      this.#update(id, { email: email.trim(), email_key: emailKey(email), email_verified_at: now }),
    );
  }

  /** The latest, or those of one address, oldest last. For the operator. */
  async list({ email, limit }: { email?: string; limit: number }): Promise<Account[]> {
    let query = this.#select().orderBy('created_at', 'desc').orderBy('id').limit(limit);
    if (email !== undefined) query = query.where('email_key', '=', emailKey(email));
    return (await query.execute()).map(toAccount);
  }

  /** Who is blocked is signed in nowhere: what asks for the account is told that there is none, or that it is blocked. */
  async setBlocked(id: string, blocked: boolean): Promise<void> {
    await this.#update(id, { blocked_at: blocked ? Date.now() : null });
  }

  async setPasswordHash(id: string, passwordHash: string): Promise<void> {
    await this.#update(id, { password_hash: passwordHash });
  }

  async #update(id: string, columns: Partial<Selectable<AccountRow>>): Promise<void> {
    if (Object.keys(columns).length === 0) return;
    await this.#db
      .updateTable('accounts')
      .set({ ...columns, updated_at: Date.now() })
      .where('realm', '=', this.#realm)
      .where('id', '=', id)
      .execute();
  }

  #select() {
    return this.#db.selectFrom('accounts').selectAll().where('realm', '=', this.#realm);
  }
}

async function refusingTakenEmail(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw isUniqueViolation(error)
      ? new EmailTakenError('another account has verified this address', { cause: error })
      : error;
  }
}

/** An account from its columns. */
export function toAccount(row: Omit<Selectable<AccountRow>, 'realm' | 'email_key'>): Account {
  return {
    id: row.id,
    ...(row.email !== null && { email: row.email }),
    emailVerified: row.email_verified_at !== null,
    ...(row.password_hash !== null && { passwordHash: row.password_hash }),
    ...profileOf(row),
    ...(row.persona !== null && { persona: row.persona }),
    blocked: row.blocked_at !== null,
    ...(row.other_addresses !== null && { otherAddresses: JSON.parse(row.other_addresses) as AddressClaim[] }),
    ...(row.deletion_due_at !== null && { deletionDueAt: new Date(row.deletion_due_at) }),
    ...(row.passkey_offered_at !== null && { passkeyOfferedAt: new Date(row.passkey_offered_at) }),
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
  };
}
