import type { Realm } from '@signup-with-platform/protocol';
import type { Kysely, Selectable } from 'kysely';
import { type Account, emailKey, toAccount } from './accounts.ts';
import { randomId } from './ids.ts';
import { PreparedQuery } from './prepared-query.ts';
import { PROFILE_COLUMN_NAMES, type ProfileRow } from './profile-columns.ts';
import type { AccountRow, Tables, UserRow } from './tables.ts';
import { isUniqueViolation } from './transaction.ts';

/** A user as the app's backend sees it: made by the vendor, or the shadow of an account that agreed to share. */
export interface AppUser {
  id: string;
  externalId?: string;
  /** Of vendor-made users. */
  email?: string;
  emailVerified: boolean;
  username?: string;
  passwordHash?: string;
  firstName?: string;
  lastName?: string;
  roles: string[];
  active: boolean;
  lastSigninAt?: Date;
  createdAt: Date;
  updatedAt: Date;
  /** Present when the user came through the popup, with what was agreed to. */
  linked?: { account: Account; grant: Record<string, unknown> };
}

export interface NewAppUser {
  email?: string;
  emailVerified?: boolean;
  username?: string;
  passwordHash?: string;
  firstName?: string;
  lastName?: string;
}

/** `undefined` leaves as it is; `null` removes. */
export interface AppUserChanges {
  email?: string;
  emailVerified?: boolean;
  username?: string | null;
  passwordHash?: string;
  firstName?: string | null;
  lastName?: string | null;
  roles?: readonly string[];
  active?: boolean;
  lastSigninAt?: Date;
}

export class UserEmailTakenError extends Error {
  override name = 'UserEmailTakenError';
}
export class UsernameTakenError extends Error {
  override name = 'UsernameTakenError';
}

export class UserChangedError extends Error {
  override name = 'UserChangedError';
}

export interface Page {
  users: AppUser[];
  hasMore: boolean;
}

/** The users of an environment, each with the account and the grant behind it; those whose consent is withdrawn are left out. */
function selectUsers(db: Kysely<Tables>, realm: Realm, clientId: string) {
  return db
    .selectFrom('users')
    .leftJoin('accounts', (join) =>
      join.onRef('accounts.id', '=', 'users.account_id').onRef('accounts.realm', '=', 'users.realm'),
    )
    .leftJoin('grants', (join) =>
      join
        .onRef('grants.client_id', '=', 'users.client_id')
        .onRef('grants.account_id', '=', 'users.account_id')
        .onRef('grants.realm', '=', 'users.realm'),
    )
    .select([
      'users.id',
      'users.account_id',
      'users.external_id',
      'users.email',
      'users.email_verified_at',
      'users.username',
    ])
    .select(['users.password_hash', 'users.first_name', 'users.last_name', 'users.roles', 'users.deactivated_at'])
    .select(['users.last_signin_at', 'users.created_at', 'users.updated_at', 'grants.payload as grant'])
    .select([
      'accounts.email as account_email',
      'accounts.email_verified_at as account_email_verified_at',
      'accounts.blocked_at as account_blocked_at',
      'accounts.created_at as account_created_at',
      'accounts.updated_at as account_updated_at',
    ])
    .select(PROFILE_COLUMN_NAMES.map((column) => `accounts.${column} as account_${column}` as const))
    .where('users.realm', '=', realm)
    .where('users.client_id', '=', clientId)
    .where((user) => user.or([user('users.account_id', 'is', null), user('grants.id', 'is not', null)]));
}

const FIND = new PreparedQuery((db, parameter: (name: 'realm' | 'clientId' | 'id') => string) =>
  selectUsers(db, parameter('realm') as Realm, parameter('clientId')).where('users.id', '=', parameter('id')),
);

/** The users of one environment of an app; there is no way through it to another's. */
export class AppUserRepository {
  readonly #db: Kysely<Tables>;
  readonly #realm: Realm;
  readonly #clientId: string;

  constructor(db: Kysely<Tables>, realm: Realm, clientId: string) {
    this.#db = db;
    this.#realm = realm;
    this.#clientId = clientId;
  }

  /** @throws UserEmailTakenError, UsernameTakenError */
  async create(user: NewAppUser): Promise<AppUser> {
    const now = Date.now();
    const id = randomId();
    await this.#refusingTaken(user, () =>
      this.#db
        .insertInto('users')
        .values({
          id,
          realm: this.#realm,
          client_id: this.#clientId,
          account_id: null,
          first_credential_at: null,
          created_at: now,
          updated_at: now,
          ...columnsOf(user, now),
        })
        .execute(),
    );
    const created = await this.find(id);
    if (!created) throw new Error('the user vanished while it was made');
    return created;
  }

  /** A user whose consent has been withdrawn is not found. */
  async find(id: string): Promise<AppUser | undefined> {
    const row = await FIND.executeTakeFirst(this.#db, { realm: this.#realm, clientId: this.#clientId, id });
    return row && toAppUser(row);
  }

  /** Among vendor-made users; what accounts shared is for {@link findLinkedByEmail}. */
  async findByEmail(email: string): Promise<AppUser | undefined> {
    const row = await this.#select().where('users.email_key', '=', emailKey(email)).executeTakeFirst();
    return row && toAppUser(row);
  }

  /** Users who came through the popup and whose account has this address, verified ones first. Whether they share it is the caller's to see. */
  async findLinkedByEmail(email: string): Promise<AppUser[]> {
    const rows = await this.#select()
      .where('accounts.email_key', '=', emailKey(email))
      .orderBy((order) => order.case().when('accounts.email_verified_at', 'is not', null).then(0).else(1).end())
      .orderBy('users.created_at')
      .limit(MAX_LINKED)
      .execute();
    return rows.map(toAppUser);
  }

  async findByUsername(username: string): Promise<AppUser | undefined> {
    const row = await this.#select().where('users.username_key', '=', emailKey(username)).executeTakeFirst();
    return row && toAppUser(row);
  }

  /**
   * Newest first. With `before`, the page that ends right before that user (towards the newer ones).
   * @param cursor the id of a user of this app
   * @returns undefined when there is no such user (any more): what would come next is not known
   */
  async list(limit: number, cursor?: { after: string } | { before: string }): Promise<Page | undefined> {
    let query = this.#select();
    const backwards = cursor !== undefined && 'before' in cursor;
    if (cursor) {
      const id = 'before' in cursor ? cursor.before : cursor.after;
      const at = await this.#db
        .selectFrom('users')
        .select(['created_at', 'id'])
        .where('client_id', '=', this.#clientId)
        .where('realm', '=', this.#realm)
        .where('id', '=', id)
        .executeTakeFirst();
      if (!at) return undefined;
      const comparison = backwards ? '>' : '<';
      query = query.where((user) =>
        user.or([
          user('users.created_at', comparison, at.created_at),
          user.and([user('users.created_at', '=', at.created_at), user('users.id', comparison, at.id)]),
        ]),
      );
    }
    const direction = backwards ? 'asc' : 'desc';
    const rows = await query
      .orderBy('users.created_at', direction)
      .orderBy('users.id', direction)
      .limit(limit + 1)
      .execute();
    const users = rows.slice(0, limit).map(toAppUser);
    return { users: backwards ? users.reverse() : users, hasMore: rows.length > limit };
  }

  /**
   * @param seen the user whose state the changes rest on; default: whatever it is by now
   * @throws UserEmailTakenError, UsernameTakenError; UserChangedError when it is not as `seen` any more
   */
  async update(id: string, changes: AppUserChanges, seen?: AppUser): Promise<AppUser | undefined> {
    const now = Date.now();
    await this.#refusingTaken(
      changes,
      async () => {
        let query = this.#db
          .updateTable('users')
          // Always a new time, even twice within a millisecond: it is what tells two states apart.
          .set((user) => ({
            ...columnsOf(changes, now),
            updated_at: user
              .case()
              .when('updated_at', '<', now)
              .then(now)
              .else(user('updated_at', '+', 1))
              .end(),
          }))
          .where('realm', '=', this.#realm)
          .where('client_id', '=', this.#clientId)
          .where('id', '=', id);
        if (seen) query = query.where('updated_at', '=', seen.updatedAt.getTime());
        const { numUpdatedRows } = await query.executeTakeFirst();
        if (seen && numUpdatedRows === 0n) throw new UserChangedError('the user has changed meanwhile');
      },
      id,
    );
    return this.find(id);
  }

  /** A user who came through the popup takes the consent along: coming back means agreeing again. */
  async delete(user: AppUser): Promise<void> {
    const { linked } = user;
    if (linked) {
      await this.#db
        .deleteFrom('grants')
        .where('realm', '=', this.#realm)
        .where('client_id', '=', this.#clientId)
        .where('account_id', '=', linked.account.id)
        .execute();
    }
    await this.#db
      .deleteFrom('users')
      .where('realm', '=', this.#realm)
      .where('client_id', '=', this.#clientId)
      .where('id', '=', user.id)
      .execute();
  }

  /** Keeps the vendor's own id for a user. */
  async setExternalId(id: string, externalId: string): Promise<void> {
    await this.#db
      .updateTable('users')
      .set({ external_id: externalId })
      .where('realm', '=', this.#realm)
      .where('client_id', '=', this.#clientId)
      .where('id', '=', id)
      .execute();
  }

  #select() {
    return selectUsers(this.#db, this.#realm, this.#clientId);
  }

  async #refusingTaken(
    user: { email?: string; username?: string | null },
    write: () => Promise<unknown>,
    ownId?: string,
  ): Promise<void> {
    try {
      await write();
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      // Which of the two indexes it was is told apart by looking, alike on every engine.
      const holder = user.email && (await this.findByEmail(user.email));
      if (holder && holder.id !== ownId) throw new UserEmailTakenError('taken', { cause: error });
      throw new UsernameTakenError('taken', { cause: error });
    }
  }
}

const MAX_LINKED = 10;

function columnsOf(user: AppUserChanges, now: number): Partial<Selectable<UserRow>> {
  return {
    ...(user.email !== undefined && { email: user.email, email_key: emailKey(user.email) }),
    ...(user.emailVerified !== undefined && { email_verified_at: user.emailVerified ? now : null }),
    ...(user.username !== undefined && {
      username: user.username,
      username_key: user.username === null ? null : emailKey(user.username),
    }),
    ...(user.passwordHash !== undefined && { password_hash: user.passwordHash }),
    ...(user.firstName !== undefined && { first_name: user.firstName }),
    ...(user.lastName !== undefined && { last_name: user.lastName }),
    ...(user.roles !== undefined && { roles: JSON.stringify(user.roles) }),
    ...(user.active !== undefined && { deactivated_at: user.active ? null : now }),
    ...(user.lastSigninAt !== undefined && { last_signin_at: user.lastSigninAt.getTime() }),
  };
}

/** What {@link AppUserRepository} reads: the user, and of the account and the grant behind it what there is. */
type JoinedRow = Pick<
  Selectable<UserRow>,
  | 'id'
  | 'account_id'
  | 'external_id'
  | 'email'
  | 'email_verified_at'
  | 'username'
  | 'password_hash'
  | 'first_name'
  | 'last_name'
  | 'roles'
  | 'deactivated_at'
  | 'last_signin_at'
  | 'created_at'
  | 'updated_at'
> & { grant: string | null } & {
  [Column in keyof LinkedColumns as `account_${Column}`]: LinkedColumns[Column] | null;
};
type LinkedColumns = ProfileRow &
  Pick<AccountRow, 'email' | 'email_verified_at' | 'blocked_at' | 'created_at' | 'updated_at'>;

function toAppUser(row: JoinedRow): AppUser {
  const linked = row.account_id !== null && row.grant !== null ? linkOf(row, row.account_id, row.grant) : undefined;
  return {
    id: row.id,
    ...(row.external_id !== null && { externalId: row.external_id }),
    ...(row.email !== null && { email: row.email }),
    emailVerified: row.email_verified_at !== null,
    ...(row.username !== null && { username: row.username }),
    ...(row.password_hash !== null && { passwordHash: row.password_hash }),
    ...(row.first_name !== null && { firstName: row.first_name }),
    ...(row.last_name !== null && { lastName: row.last_name }),
    roles: row.roles === null ? [] : (JSON.parse(row.roles) as string[]),
    active: row.deactivated_at === null,
    ...(row.last_signin_at !== null && { lastSigninAt: new Date(row.last_signin_at) }),
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
    ...(linked && { linked }),
  };
}

function linkOf(row: JoinedRow, accountId: string, grant: string): NonNullable<AppUser['linked']> {
  return {
    grant: JSON.parse(grant) as Record<string, unknown>,
    account: toAccount({
      id: accountId,
      email: row.account_email,
      email_verified_at: row.account_email_verified_at,
      ...profileRow(row),
      blocked_at: row.account_blocked_at,
      created_at: row.account_created_at ?? 0,
      updated_at: row.account_updated_at ?? 0,
      password_hash: null,
      persona: null,
      other_addresses: null,
      deletion_due_at: null,
      passkey_offered_at: null,
    }),
  };
}

/** The profile's columns of the account behind a user. */
function profileRow(row: JoinedRow): ProfileRow {
  const columns = PROFILE_COLUMN_NAMES.map((column) => [column, row[`account_${column}`]]);
  return Object.fromEntries(columns) as ProfileRow;
}
