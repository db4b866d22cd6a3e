import type { Realm } from '@signup-with-platform/protocol';
import type { Kysely } from 'kysely';
import { emailKey } from './accounts.ts';
import {
  type AppUser,
  type AppUserChanges,
  columnsOf,
  type NewAppUser,
  selectUsers,
  toAppUser,
  usernameKeys,
} from './app-user-rows.ts';
import { isUniqueViolation } from './database-errors.ts';
import { randomId } from './ids.ts';
import { keepListPositions, listPositionOf } from './list-positions.ts';
import { PreparedQuery } from './prepared-query.ts';
import { EnvironmentRepository } from './repository.ts';
import type { Tables } from './tables.ts';
import { changedParts, isTold } from './user-changes.ts';
import { noteUserEvent, tellOfDeletion, whenTold } from './webhook-events.ts';

export type { AppUser, AppUserChanges, NewAppUser } from './app-user-rows.ts';

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

const MAX_LINKED = 10;

const FIND = new PreparedQuery(
  (db, parameter: (name: 'realm' | 'clientId' | 'id') => string) =>
    selectUsers(db, parameter('realm') as Realm, parameter('clientId')).where('users.id', '=', parameter('id')),
  toAppUser,
);

/** The users of one environment of an app. No method reaches another environment's users. */
export class AppUserRepository extends EnvironmentRepository {
  /** @throws UserEmailTakenError, UsernameTakenError */
  async create(user: NewAppUser): Promise<AppUser> {
    const id = randomId();
    const { clientId } = this;
    await this.#refusingTaken(user, () =>
      whenTold(
        this.db,
        { clientId: this.clientId },
        {
          untold: (db) => this.#insert(db, id, user),
          told: async (trx) => {
            await this.#insert(trx, id, user);
            await noteUserEvent(trx, this.realm, { type: 'user.created', clientId, userId: id });
          },
        },
      ),
    );
    const created = await this.find(id);
    if (!created) throw new Error('the user vanished while it was made');
    return created;
  }

  async #insert(db: Kysely<Tables>, id: string, user: NewAppUser): Promise<void> {
    const now = Date.now();
    await db
      .insertInto('users')
      .values({
        id,
        realm: this.realm,
        client_id: this.clientId,
        account_id: null,
        first_credential_at: null,
        created_at: now,
        updated_at: now,
        ...columnsOf(user, now),
      })
      .execute();
  }

  /** A user whose consent has been withdrawn is not found. */
  async find(id: string): Promise<AppUser | undefined> {
    return FIND.executeTakeFirst(this.db, { realm: this.realm, clientId: this.clientId, id });
  }

  /** Finds users that the vendor has created; {@link findLinkedByEmail} finds those that came through the popup. */
  async findByEmail(email: string): Promise<AppUser | undefined> {
    const row = await this.#select().where('users.email_key', '=', emailKey(email)).executeTakeFirst();
    return row && toAppUser(row);
  }

  /**
   * Users who came through the popup and whose account has this address, verified ones first; of those, people before test people, because
   * a copy of one gets what address it likes; of the copies, who share an address, the latest. The caller has to check whether they
   * share the address.
   */
  async findLinkedByEmail(email: string): Promise<AppUser[]> {
    const rows = await this.#select()
      .where('accounts.email_key', '=', emailKey(email))
      .orderBy((order) => order.case().when('accounts.email_verified_at', 'is not', null).then(0).else(1).end())
      .orderBy((order) => order.case().when('accounts.persona', 'is', null).then(0).else(1).end())
      .orderBy(({ fn, val }) => fn.coalesce('accounts.expires_at', val(0)), 'desc')
      .orderBy('users.created_at')
      .limit(MAX_LINKED)
      .execute();
    return rows.map(toAppUser);
  }

  async findByUsername(username: string): Promise<AppUser | undefined> {
    const rows = await this.#select().where('users.username_key', 'in', usernameKeys(username)).execute();
    const exact = rows.find((row) => row.username && emailKey(row.username) === emailKey(username));
    const row = exact ?? rows[0];
    return row && toAppUser(row);
  }

  /**
   * Newest first. With `before`, the page of newer users that ends right before that user.
   * @param cursor the id of a user of this app, who may have been deleted within the last day
   * @returns undefined when there was no such user, because then the next page is not known
   */
  async list(limit: number, cursor?: { after: string } | { before: string }): Promise<Page | undefined> {
    let query = this.#select();
    const backwards = cursor !== undefined && 'before' in cursor;
    if (cursor) {
      const id = 'before' in cursor ? cursor.before : cursor.after;
      const createdAt = await listPositionOf(this.db, this.realm, this.clientId, id);
      if (createdAt === undefined) return undefined;
      const comparison = backwards ? '>' : '<';
      // As one comparison of rows, the index leads to the place. As two comparisons it leads to the begin of the list.
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('users.created_at', 'users.id'), comparison, tuple(createdAt, id)),
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
   * @param seen the state that the changes are based on; default: the current one, whatever it is
   * @throws UserEmailTakenError, UsernameTakenError; UserChangedError when the user has changed since `seen`
   */
  async update(id: string, changes: AppUserChanges, seen?: AppUser): Promise<AppUser | undefined> {
    const update = (db: Kysely<Tables>) => this.#update(db, id, changes, seen);
    await this.#refusingTaken(
      changes,
      () =>
        isTold(changes)
          ? whenTold(
              this.db,
              { clientId: this.clientId },
              { untold: update, told: (trx) => this.#telling(trx, id, update) },
            )
          : update(this.db),
      id,
    );
    return this.find(id);
  }

  /** Runs a change in a transaction, and tells of what it has changed. */
  async #telling(trx: Kysely<Tables>, id: string, change: (trx: Kysely<Tables>) => Promise<void>): Promise<void> {
    const { realm, clientId } = this;
    const users = new AppUserRepository(trx, realm, clientId);
    const before = await users.find(id);
    await change(trx);
    const after = before && (await users.find(id));
    if (!after) return;
    const changed = changedParts(before, after);
    await noteUserEvent(trx, realm, { type: 'user.updated', clientId, userId: id, changed });
  }

  async #update(db: Kysely<Tables>, id: string, changes: AppUserChanges, seen?: AppUser): Promise<void> {
    const now = Date.now();
    let query = db
      .updateTable('users')
      // Each update gets a new time, even two within a millisecond, because the time tells one state from the next.
      .set((user) => ({
        ...columnsOf(changes, now),
        updated_at: user
          .case()
          .when('updated_at', '<', now)
          // As a parameter: Kysely writes numbers into the text here, which would make each update a statement of its own.
          .then(user.val(now))
          .else(user('updated_at', '+', 1))
          .end(),
      }))
      .where('realm', '=', this.realm)
      .where('client_id', '=', this.clientId)
      .where('id', '=', id);
    if (seen) query = query.where('updated_at', '=', seen.updatedAt.getTime());
    const { numUpdatedRows } = await query.executeTakeFirst();
    if (seen && numUpdatedRows === 0n) throw new UserChangedError('the user has changed meanwhile');
  }

  /** Deletes a user. The grant of a user who came through the popup is deleted too, so that coming back asks for consent again. */
  delete(user: AppUser): Promise<void> {
    const { realm, clientId } = this;
    return whenTold(
      this.db,
      { clientId: this.clientId },
      {
        untold: (db) => this.#delete(db, user),
        told: async (trx) => {
          await tellOfDeletion(trx, realm, { clientId, userId: user.id });
          await this.#delete(trx, user);
        },
      },
    );
  }

  async #delete(db: Kysely<Tables>, user: AppUser): Promise<void> {
    const { linked } = user;
    const place = { id: user.id, client_id: this.clientId, created_at: user.createdAt.getTime() };
    await keepListPositions(db, this.realm, [place]);
    if (linked) {
      await db
        .deleteFrom('grants')
        .where('realm', '=', this.realm)
        .where('client_id', '=', this.clientId)
        .where('account_id', '=', linked.account.id)
        .execute();
    }
    await db
      .deleteFrom('users')
      .where('realm', '=', this.realm)
      .where('client_id', '=', this.clientId)
      .where('id', '=', user.id)
      .execute();
  }

  /** Keeps the vendor's own id for a user. */
  async setExternalId(id: string, externalId: string): Promise<void> {
    await this.db
      .updateTable('users')
      .set({ external_id: externalId })
      .where('realm', '=', this.realm)
      .where('client_id', '=', this.clientId)
      .where('id', '=', id)
      .execute();
  }

  #select() {
    return selectUsers(this.db, this.realm, this.clientId);
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
      // The engines name the violated index differently, so a query finds out which of the two it was.
      const holder = user.email && (await this.findByEmail(user.email));
      if (holder && holder.id !== ownId) throw new UserEmailTakenError('taken', { cause: error });
      throw new UsernameTakenError('taken', { cause: error });
    }
  }
}
