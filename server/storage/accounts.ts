import type { AddressClaim, Realm } from '@signup-with-platform/protocol';
import { type Kysely, type Selectable, sql, type UpdateObject } from 'kysely';
import { changingAccount } from './changing-account.ts';
import { dateOf, fromJson } from './columns.ts';
import { isUniqueViolation } from './database-errors.ts';
import { emailKey } from './email-key.ts';
import { isDue } from './erase-account.ts';
import { randomId } from './ids.ts';
import { PreparedQuery } from './prepared-query.ts';
import { present } from './present.ts';
import {
  type AccountProfile,
  type AccountProfileChanges,
  changedProfileColumns,
  mergedOwnClaims,
  type OwnClaimChanges,
  profileColumns,
  profileOf,
} from './profile-columns.ts';
import { RealmRepository } from './repository.ts';
import type { AccountRow, Tables } from './tables.ts';

export type { AccountProfile, AccountProfileChanges };
export { emailKey };

/** A person registered on the platform. */
export interface Account extends AccountProfile {
  id: string;
  email?: string;
  emailVerified: boolean;
  /** Of our own making, or as another system made it: see {@link ForeignPassword}. */
  passwordHash?: string;
  /** Sandbox only: which test person this is. */
  persona?: string;
  /** Sandbox only: of a copy of a test person, the hash of what its browser is known by. The copy is that browser's alone. */
  browserHash?: string;
  /** Sandbox only: the app through whose popup the account was made. The account is that app's alone, which sees its mails. */
  appId?: string;
  blocked: boolean;
  /** Addresses besides `address`, which is the default. */
  otherAddresses?: AddressClaim[];
  /** When the account is deleted, because the person has requested it. */
  deletionDueAt?: Date;
  /** When the popup last offered to make a passkey. */
  passkeyOfferedAt?: Date;
  /** From when the person is asked for a new password, because theirs is breached. */
  newPasswordDueAt?: Date;
  /** How often everything that was signed in as the account has been ended. A sign-in that was proven under a lower count begins no session. */
  signOutCount: number;
  /** Of a test person who was made for one visitor: when the account is deleted. */
  expiresAt?: Date;
  createdAt: Date;
  updatedAt: Date;
}

/** A password that another system has hashed. It is the account's `passwordHash` until it is used for the first time. */
export interface ForeignPassword {
  /** JSON. What it means, `domain/password-forms/` knows. */
  kept: string;
  /** How long a check takes, in units of about a millisecond of one processor. -1: it is sealed, because it is weak, and has to be wrapped. */
  cost: number;
}
const WEAK = -1;

export type NewAccount = Partial<Omit<Account, 'id' | 'signOutCount' | 'createdAt' | 'updatedAt'>> & {
  foreignPassword?: ForeignPassword;
};
/** Thrown when a second account would get the same verified address. */
export class EmailTakenError extends Error {
  override name = 'EmailTakenError';
}

/**
 * Whether an account can be used at an app. In the sandbox an account is the app's through whose popup it was made, and nobody elsewhere;
 * one of no app, such as a shared test person, can be used everywhere.
 */
export function belongsTo({ appId }: Pick<Account, 'appId'>, app: string | undefined): boolean {
  return appId === undefined || appId === app;
}

/** Whether everybody uses the account: a test person of the sandbox who is no browser's own copy. Nobody changes such a one. */
export function isShared({ persona, browserHash }: Pick<Account, 'persona' | 'browserHash'>): boolean {
  return persona !== undefined && browserHash === undefined;
}

/** Whether one click signs the account in, so that it has nothing else to prove itself with. */
export function isTestPerson({ persona, expiresAt }: Pick<Account, 'persona' | 'expiresAt'>): boolean {
  return persona !== undefined || expiresAt !== undefined;
}

/** Who looks for an account by its address, in the sandbox: at which app, and in which browser. */
export interface AddressScope {
  appId?: string | undefined;
  browserHash?: string | undefined;
}

/** Many accounts may claim one address without having verified it. A list of them has at most so many, the verified one first. */
const MAX_LISTED = 4;

/** Each takes a sign-in as long as its system meant it to, so a sign-in tries at most so many. */
export const MAX_FOREIGN_PASSWORDS = 2;

/** All passwords of one address share a salt of this length. It is longer than that of a password with a salt of its own (16 bytes). */
export const ADDRESS_SALT_BYTES = 18;
/** The length of a hash with such a salt, by which the database tells the two apart. Migration 010 has it, too. */
const ADDRESS_SALTED_LENGTH = 99;
/** A hash in PHC format ends with 32 bytes in base64. What is before them are the parameters and the salt. */
const DIGEST_LENGTH = 43;
/** A sign-in tries at most so many salts besides the address's own, to bound its work. */
export const MAX_OWN_SALTS = 4;

/** Those of a realm. People of an app that is deleted are gone at once, though their rows may still be there. */
function selectAccounts(db: Kysely<Tables>, realm: Realm) {
  return db
    .selectFrom('accounts')
    .selectAll()
    .where('realm', '=', realm)
    .$if(realm === 'sandbox', (query) =>
      query.where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('apps')
              .select('apps.id')
              .whereRef('apps.id', '=', 'accounts.sandbox_app_id')
              .where('apps.deleted_at', 'is not', null),
          ),
        ),
      ),
    );
}

const findIn = (realm: Realm) =>
  new PreparedQuery(
    (db, parameter: (name: 'id') => string) => selectAccounts(db, realm).where('id', '=', parameter('id')),
    toAccount,
  );
const FIND: Readonly<Record<Realm, ReturnType<typeof findIn>>> = {
  production: findIn('production'),
  sandbox: findIn('sandbox'),
};

/**
 * The accounts of one realm. Each app of the sandbox has accounts of its own, among which an address is verified once; accounts of no app
 * are among themselves, as all are in production. Where an address is looked up, `appId` names the app that asks: its own accounts come
 * first, then those of no app, and no others are found. Without it all are found, those of no app first. Copies of test people share
 * addresses, so they are found in their own browser alone, before everybody else.
 */
export class AccountRepository extends RealmRepository {
  /** @throws EmailTakenError when the new account is verified and another verified one of its app has the address */
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
        foreign_password: account.foreignPassword?.kept,
        foreign_password_cost: account.foreignPassword?.cost,
        ...profileColumns(account),
        persona: account.persona,
        browser_hash: account.browserHash,
        sandbox_app_id: account.appId,
        blocked_at: account.blocked ? now : null,
        other_addresses: account.otherAddresses && JSON.stringify(account.otherAddresses),
        deletion_due_at: account.deletionDueAt?.getTime(),
        passkey_offered_at: account.passkeyOfferedAt?.getTime(),
        new_password_due_at: account.newPasswordDueAt?.getTime(),
        expires_at: account.expiresAt?.getTime(),
        created_at: now,
        updated_at: now,
      })
      .returningAll();
    return toAccount(await refusingTakenEmail(() => insert.executeTakeFirstOrThrow()));
  }

  async find(id: string): Promise<Account | undefined> {
    return FIND[this.realm].executeTakeFirst(this.db, { id });
  }

  /** Accounts that may be meant by an address: the verified one first, then the claims to it, oldest first. */
  async findByEmail(email: string, appId?: string): Promise<Account[]> {
    // PostgreSQL takes no NUL in a text, not even to look for it.
    if (email.includes('\0')) return [];
    const rows = await this.#ownAndVerifiedFirst(email, { appId }).orderBy('created_at').limit(MAX_LISTED).execute();
    return rows.map(toAccount);
  }

  /** The account that has verified the address, of those that can sign in there: the browser's copy, then the app's, then one of no app. */
  async findVerified(email: string, scope: AddressScope = {}): Promise<Account | undefined> {
    if (email.includes('\0')) return undefined;
    const row = await this.#ownAndVerifiedFirst(email, scope)
      .where('email_verified_at', 'is not', null)
      .limit(1)
      .executeTakeFirst();
    return row && toAccount(row);
  }

  /** Whether an account has verified the address, of those that can sign in there: the app's, and those of no app. */
  async isVerified(email: string, appId: string | undefined): Promise<boolean> {
    const row = await this.#select()
      .where('email_key', '=', emailKey(email))
      .where('email_verified_at', 'is not', null)
      .where('browser_hash', 'is', null)
      .where(({ eb, or }) => or([eb('sandbox_app_id', 'is', null), eb('sandbox_app_id', '=', appId ?? '')]))
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  /**
   * Whether somebody has verified the address at whatever app, other than as a test person. A copy of a test person is of no app and meets
   * them all, and no index keeps its address apart from theirs.
   */
  async isSomebodys(email: string): Promise<boolean> {
    const row = await this.#select()
      .where('email_key', '=', emailKey(email))
      .where('email_verified_at', 'is not', null)
      .where('persona', 'is', null)
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  /**
   * Hashes of the passwords of an address, one for each salt other than the address's own: of the verified account first, then of the oldest.
   * @param prefix what the hashes with the address's own salt begin with
   */
  async findOwnSalts(email: string, prefix: string, scope: AddressScope = {}): Promise<string[]> {
    if (email.includes('\0')) return [];
    const digest = sql.lit(DIGEST_LENGTH);
    // PostgreSQL refuses a negative length.
    const salt = sql<string>`case when length(password_hash) > ${digest}
      then substr(password_hash, 1, length(password_hash) - ${digest}) else password_hash end`;
    const rows = await this.db
      .selectFrom('accounts')
      .select((select) => select.fn.min('password_hash').as('sample'))
      .where('realm', '=', this.realm)
      .where('email_key', '=', emailKey(email))
      .where(foundBy(scope))
      .where('password_hash', 'is not', null)
      .where(salt, '<>', prefix)
      .groupBy(salt)
      .orderBy(sql`max(${isOwn(scope)})`, 'desc')
      .orderBy(sql`max(case when email_verified_at is null then 0 else 1 end)`, 'desc')
      .orderBy(sql`min(created_at)`)
      .limit(MAX_OWN_SALTS)
      .execute();
    return rows.flatMap(({ sample }) => (sample === null ? [] : [sample]));
  }

  /** Whether there are unverified accounts whose password has a salt of its own: those of before migration 010. */
  async hasOwnSaltedClaims(): Promise<boolean> {
    return (await OWN_SALTED_CLAIM.executeTakeFirst(this.db, { realm: this.realm })) !== undefined;
  }

  /**
   * Of the accounts with an address and one of these hashes, the verified one, else the oldest.
   * @param of.meant only this account
   */
  async findByPasswordHashes(
    email: string,
    hashes: readonly string[],
    scope: PasswordScope = {},
  ): Promise<Account | undefined> {
    if (email.includes('\0')) return undefined;
    const query = queryByPasswordHashes(this.realm, hashes.length, scope);
    const { appId, browserHash, meant } = scope;
    const byName = Object.fromEntries(hashes.map((hash, number) => [nameOfHash(number), hash]));
    return query.executeTakeFirst(this.db, { ...byName, email: emailKey(email), appId, browserHash, meant });
  }

  /** Accounts with an address whose password another system has hashed: the verified one first, then the oldest. */
  async findForeignPasswords(email: string, { meant, ...scope }: PasswordScope = {}): Promise<Account[]> {
    if (email.includes('\0')) return [];
    const rows = await this.#ownAndVerifiedFirst(email, scope)
      .where('foreign_password', 'is not', null)
      .$if(meant !== undefined, (one) => one.where('id', '=', meant ?? ''))
      .orderBy('created_at')
      .limit(MAX_FOREIGN_PASSWORDS)
      .execute();
    return rows.map(toAccount);
  }

  /** Those whose hash is too weak to be stored as it is, by id. @param after the last id of the page before */
  async weakPasswords(after: string, limit: number): Promise<{ id: string; kept: string }[]> {
    const rows = await this.db
      .selectFrom('accounts')
      .select(['id', 'foreign_password'])
      .where('realm', '=', this.realm)
      .where('foreign_password_cost', '=', WEAK)
      .where('id', '>', after)
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ id: row.id, kept: row.foreign_password ?? '' }));
  }

  async countWeakPasswords(): Promise<number> {
    const { count } = await this.db
      .selectFrom('accounts')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('realm', '=', this.realm)
      .where('foreign_password_cost', '=', WEAK)
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  /** Stores the same password in another form, unless it has changed meanwhile. */
  async replaceForeignPassword(id: string, from: string, { kept, cost }: ForeignPassword): Promise<void> {
    await this.db
      .updateTable('accounts')
      .set({ foreign_password: kept, foreign_password_cost: cost })
      .where('realm', '=', this.realm)
      .where('id', '=', id)
      .where('foreign_password', '=', from)
      .execute();
  }

  /** What the slowest check takes of a password that another system has hashed. 0 when there are none. */
  async slowestForeignPassword(): Promise<number> {
    const row = await SLOWEST_FOREIGN_PASSWORD.executeTakeFirst(this.db, { realm: this.realm });
    return Math.max(0, row?.foreign_password_cost ?? 0);
  }

  /**
   * The account that somebody may recover by proving to read the mail of an address: the verified one, or else the latest that claims the
   * address. An earlier claim could be a trap that somebody else has prepared for the owner.
   * @param appId without it only accounts of no app are found, because nothing else tells which app's is meant
   */
  async findRecoverable(email: string, appId?: string): Promise<Account | undefined> {
    if (email.includes('\0')) return undefined;
    const row = await this.#ownAndVerifiedFirst(email, { appId })
      .$if(appId === undefined, (query) => query.where('sandbox_app_id', 'is', null))
      .orderBy('created_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row && toAccount(row);
  }

  /** The test person that everybody uses who has no copy. */
  async findPersona(persona: string): Promise<Account | undefined> {
    const row = await this.#select()
      .where('persona', '=', persona)
      .where('browser_hash', 'is', null)
      .executeTakeFirst();
    return row && toAccount(row);
  }

  /** A browser's own copy of a test person. One that has expired, or is about to be deleted, is none any more. */
  async findCopy(browserHash: string, persona: string): Promise<Account | undefined> {
    const row = await this.#select()
      .where('browser_hash', '=', browserHash)
      .where('persona', '=', persona)
      .where('expires_at', '>', Date.now())
      .where('deletion_due_at', 'is', null)
      .executeTakeFirst();
    return row && toAccount(row);
  }

  /**
   * Makes a browser's copy of a test person. What the browser had of that person before goes with the next sweep.
   * @returns the copy; when two are made at once, both callers get the same
   */
  async createCopy(copy: NewAccount & { browserHash: string; persona: string }): Promise<Account> {
    const { browserHash, persona } = copy;
    await this.#endingCopies(browserHash)
      .where('persona', '=', persona)
      .where((account) => account.or([isDue(account), account('deletion_due_at', 'is not', null)]))
      .execute();
    try {
      return await this.create(copy);
    } catch (error) {
      const other = await this.findCopy(browserHash, persona);
      if (!other) throw error;
      return other;
    }
  }

  /** Takes all copies from a browser; they are due for deletion at once. @returns their ids */
  async endCopies(browserHash: string): Promise<string[]> {
    const ended = await this.#endingCopies(browserHash).returning('id').execute();
    return ended.map(({ id }) => id);
  }

  /** Makes a test person due for deletion who was made by a click. @returns false when the account is none */
  async expire(id: string): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('accounts')
      .set({ expires_at: Date.now() })
      .where('realm', '=', this.realm)
      .where('id', '=', id)
      .where('expires_at', 'is not', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** An ended copy stays one, of a browser that nobody has, and never becomes the test person that everybody uses. */
  #endingCopies(browserHash: string) {
    return this.db
      .updateTable('accounts')
      .set({ browser_hash: randomId(), expires_at: Date.now() })
      .where('realm', '=', this.realm)
      .where('browser_hash', '=', browserHash);
  }

  /** Sets the given values, removes those that are null, and leaves the rest. */
  async updateProfile(id: string, changes: AccountProfileChanges): Promise<void> {
    const { ownClaims, ...others } = changes;
    const columns = changedProfileColumns(others);
    if (Object.keys(columns).length === 0 && !ownClaims) return;
    await this.#changing(id, async (accounts) => {
      await accounts.#update(id, columns);
      if (ownClaims) await changeOwnClaims(accounts.db, accounts.realm, id, ownClaims);
    });
  }

  /**
   * Replaces the addresses of an account; the first one is the default.
   *
   * @param change is called with the current addresses, and again if they have changed meanwhile, so that neither of two changes at the
   * same moment is lost; an error that it throws ends the change
   * @returns whether there is such an account
   */
  changeAddresses(id: string, change: (current: readonly AddressClaim[]) => readonly AddressClaim[]): Promise<boolean> {
    return this.#changing(id, (accounts) => accounts.#changeAddresses(id, change));
  }

  async #changeAddresses(
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
   * Marks `email` as verified, if it is still the account's address, and keeps it as it was spelled when it was proven.
   * @throws EmailTakenError when another account of its app has verified it
   */
  async markEmailVerified(id: string, email: string): Promise<void> {
    await refusingTakenEmail(() =>
      this.#changing(id, ({ db }) =>
        db
          .updateTable('accounts')
          .set({ email: email.trim(), email_verified_at: Date.now(), updated_at: Date.now() })
          .where('realm', '=', this.realm)
          .where('id', '=', id)
          .where('email_key', '=', emailKey(email))
          .execute(),
      ),
    );
  }

  /**
   * Gives the account another address, which its owner has verified.
   * @throws EmailTakenError when another account of its app has verified it; then nothing has changed
   */
  async changeEmail(id: string, email: string): Promise<void> {
    const now = Date.now();
    const columns = { email: email.trim(), email_key: emailKey(email), email_verified_at: now };
    await refusingTakenEmail(() => this.#changing(id, (accounts) => accounts.#update(id, columns)));
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
    await this.#update(id, { ...ownPassword(passwordHash), new_password_due_at: null });
  }

  /** Sets the password of somebody who has none. @returns false when they have chosen one meanwhile, which stays */
  async setFirstPasswordHash(id: string, passwordHash: string): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('accounts')
      .set({ ...ownPassword(passwordHash), new_password_due_at: null, updated_at: Date.now() })
      .where('realm', '=', this.realm)
      .where('id', '=', id)
      .where('password_hash', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** Has the person asked for a new password, unless they are asked already, or the password has changed meanwhile. */
  async wantNewPassword(id: string, passwordHash: string): Promise<void> {
    await this.db
      .updateTable('accounts')
      .set({ new_password_due_at: Date.now() })
      .where('realm', '=', this.realm)
      .where('id', '=', id)
      .where('password_hash', '=', passwordHash)
      .where('new_password_due_at', 'is', null)
      .execute();
  }

  /** Has the person asked again later, unless the password has changed meanwhile. */
  async postponeNewPassword(id: string, until: Date): Promise<void> {
    await this.db
      .updateTable('accounts')
      .set({ new_password_due_at: until.getTime() })
      .where('realm', '=', this.realm)
      .where('id', '=', id)
      .where('new_password_due_at', 'is not', null)
      .execute();
  }

  /** Stores the same password as a hash of our own with the salt of its address, unless the password has changed meanwhile. */
  async replacePasswordHash(id: string, from: string, to: string): Promise<void> {
    await this.db
      .updateTable('accounts')
      .set(ownPassword(to))
      .where('realm', '=', this.realm)
      .where('id', '=', id)
      .where(({ fn }) => fn.coalesce('password_hash', 'foreign_password'), '=', from)
      .execute();
  }

  /** Changes what vendors may have to be told of. */
  #changing<Result>(id: string, change: (accounts: AccountRepository) => Promise<Result>): Promise<Result> {
    return changingAccount(this.db, this.realm, id, (db) => change(new AccountRepository(db, this.realm)));
  }

  async #update(id: string, columns: UpdateObject<Tables, 'accounts'>): Promise<void> {
    if (Object.values(columns).every((value) => value === undefined)) return;
    await this.db
      .updateTable('accounts')
      .set({ ...columns, updated_at: Date.now() })
      .where('realm', '=', this.realm)
      .where('id', '=', id)
      .execute();
  }

  #ownAndVerifiedFirst(email: string, scope: AddressScope) {
    return ownAndVerifiedFirst(this.db, this.realm, emailKey(email), scope);
  }

  /** Without those of an app that has been deleted: the sweep has still to erase them, and they are gone for everybody. */
  #select() {
    return selectAccounts(this.db, this.realm);
  }
}

/** Changes values of own fields, one change after the other, so that neither of two at the same moment is lost. */
export async function changeOwnClaims(
  db: Kysely<Tables>,
  realm: Realm,
  id: string,
  changes: OwnClaimChanges,
): Promise<void> {
  for (;;) {
    const ofAccount = db.selectFrom('accounts').select('own_claims').where('realm', '=', realm).where('id', '=', id);
    const row = await ofAccount.executeTakeFirst();
    if (!row) return;
    const { numUpdatedRows } = await db
      .updateTable('accounts')
      .set({ own_claims: mergedOwnClaims(fromJson(row.own_claims), changes), updated_at: Date.now() })
      .where('realm', '=', realm)
      .where('id', '=', id)
      .where('own_claims', 'is not distinct from', row.own_claims)
      .executeTakeFirst();
    // The loop ends, because in each round that fails another change has succeeded.
    if (numUpdatedRows > 0n) return;
  }
}

/** @param key of the address */
function ownAndVerifiedFirst(db: Kysely<Tables>, realm: Realm, key: string, scope: AddressScope) {
  return selectAccounts(db, realm)
    .where('email_key', '=', key)
    .where(foundBy(scope))
    .orderBy(isOwn(scope), 'desc')
    .orderBy((order) => order.case().when('email_verified_at', 'is not', null).then(0).else(1).end());
}

const OWN_SALTED_CLAIM = new PreparedQuery(
  (db, parameter: (name: 'realm') => string) =>
    db
      .selectFrom('accounts')
      .select('id')
      .where('realm', '=', parameter('realm') as Realm)
      .where('email_verified_at', 'is', null)
      .where(sql<boolean>`length(password_hash) <> ${sql.lit(ADDRESS_SALTED_LENGTH)}`)
      .limit(1),
  (row) => row,
  { keep: false },
);

const SLOWEST_FOREIGN_PASSWORD = new PreparedQuery(
  (db, parameter: (name: 'realm') => string) =>
    db
      .selectFrom('accounts')
      .select('foreign_password_cost')
      .where('realm', '=', parameter('realm') as Realm)
      .where('foreign_password_cost', 'is not', null)
      .orderBy('foreign_password_cost', 'desc')
      .limit(1),
  (row) => row,
  { keep: false },
);

type PasswordScope = AddressScope & { meant?: string | undefined };
type HashName = `hash ${number}`;
const nameOfHash = (number: number): HashName => `hash ${number}`;
type QueryByPasswordHashes = PreparedQuery<Selectable<AccountRow>, 'email' | keyof PasswordScope | HashName, Account>;
const queriesByPasswordHashes = new Map<string, QueryByPasswordHashes>();

/** One query for each number of hashes and each kind of scope, of which there are a few. */
function queryByPasswordHashes(realm: Realm, count: number, scope: PasswordScope): QueryByPasswordHashes {
  const given = (['appId', 'browserHash', 'meant'] as const).filter((name) => scope[name] !== undefined);
  const kind = [realm, count, ...given].join(' ');
  const query: QueryByPasswordHashes =
    queriesByPasswordHashes.get(kind) ??
    new PreparedQuery(
      (db, parameter) => {
        const { meant, ...of }: PasswordScope = Object.fromEntries(given.map((name) => [name, parameter(name)]));
        const hashes = Array.from({ length: count }, (_, number) => parameter(nameOfHash(number)));
        return ownAndVerifiedFirst(db, realm, parameter('email'), of)
          .where('password_hash', 'in', hashes)
          .$if(meant !== undefined, (one) => one.where('id', '=', meant ?? ''))
          .orderBy('created_at')
          .limit(1);
      },
      toAccount,
      { keep: false },
    );
  queriesByPasswordHashes.set(kind, query);
  return query;
}

/** Whether an account is found by its address: see {@link AccountRepository}. */
function foundBy({ appId, browserHash }: AddressScope) {
  const byApp = appId === undefined ? sql`1 = 1` : sql`(sandbox_app_id = ${appId} or sandbox_app_id is null)`;
  const byAnybody = sql<boolean>`(browser_hash is null and ${byApp})`;
  return browserHash === undefined ? byAnybody : sql<boolean>`(${byAnybody} or browser_hash = ${browserHash})`;
}

/** 2 for the browser's copy; 1 for an account of the app or, without an app, of none. */
function isOwn({ appId, browserHash }: AddressScope) {
  return sql<number>`case when browser_hash = ${browserHash ?? null} then 2
    when sandbox_app_id is not distinct from ${appId ?? null} then 1 else 0 end`;
}

/** @throws EmailTakenError where a write would break the rule that one account at most has verified an address */
export async function refusingTakenEmail<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    throw isUniqueViolation(error)
      ? new EmailTakenError('another account has verified this address', { cause: error })
      : error;
  }
}

/** A password of our own takes the place of what another system has made of it. */
function ownPassword(passwordHash: string) {
  return { password_hash: passwordHash, foreign_password: null, foreign_password_cost: null };
}

/** An account from its columns. */
export function toAccount(
  row: Omit<Selectable<AccountRow>, 'realm' | 'email_key' | 'given_name_key' | 'family_name_key'>,
): Account {
  const own = present<Omit<Account, keyof AccountProfile>>({
    id: row.id,
    email: row.email,
    emailVerified: row.email_verified_at !== null,
    passwordHash: row.password_hash ?? row.foreign_password,
    persona: row.persona,
    browserHash: row.browser_hash,
    appId: row.sandbox_app_id,
    blocked: row.blocked_at !== null,
    otherAddresses: fromJson(row.other_addresses),
    deletionDueAt: dateOf(row.deletion_due_at),
    passkeyOfferedAt: dateOf(row.passkey_offered_at),
    newPasswordDueAt: dateOf(row.new_password_due_at),
    signOutCount: row.sign_out_count,
    expiresAt: dateOf(row.expires_at),
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
  });
  return { ...own, ...profileOf(row) };
}
