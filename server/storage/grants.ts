import type { Realm } from '@signup-with-platform/protocol';
import type { Kysely } from 'kysely';
import { fromJson } from './columns.ts';
import { tellOfConsent, tellOfDisconnection, tellOfFirstConsent } from './grant-changes.ts';
import { PreparedQuery } from './prepared-query.ts';
import { RealmRepository } from './repository.ts';
import type { GrantRow, Tables } from './tables.ts';
import { whenTold } from './webhook-events.ts';

export interface Grant {
  id: string;
  clientId: string;
  accountId: string;
  /** oidc-provider's payload of its Grant model. */
  payload: Record<string, unknown>;
}

/** Thrown when another window was faster, because an account has at most one grant for an app. */
export class GrantExistsError extends Error {
  override name = 'GrantExistsError';
}

function selectGrants(db: Kysely<Tables>, realm: string) {
  return db
    .selectFrom('grants')
    .selectAll()
    .where('realm', '=', realm as Realm);
}

/** Rows, because the protocol engine changes the payloads that it is given. */
const FIND = new PreparedQuery(
  (db, parameter: (name: 'realm' | 'id') => string) =>
    selectGrants(db, parameter('realm')).where('id', '=', parameter('id')),
  (row: GrantRow) => row,
);
const FIND_FOR = new PreparedQuery(
  (db, parameter: (name: 'realm' | 'clientId' | 'accountId') => string) =>
    selectGrants(db, parameter('realm'))
      .where('client_id', '=', parameter('clientId'))
      .where('account_id', '=', parameter('accountId')),
  (row: GrantRow) => row,
);

/** What the accounts of one realm agreed to share. A grant lives until consent is withdrawn. */
export class GrantRepository extends RealmRepository {
  async find(id: string): Promise<Grant | undefined> {
    const row = await FIND.executeTakeFirst(this.db, { realm: this.realm, id });
    return row && toGrant(row);
  }

  async findFor(clientId: string, accountId: string): Promise<Grant | undefined> {
    const row = await FIND_FOR.executeTakeFirst(this.db, { realm: this.realm, clientId, accountId });
    return row && toGrant(row);
  }

  /** @throws GrantExistsError when there is a grant already; then use {@link replace} */
  async create(grant: Grant): Promise<void> {
    await whenTold(this.db, grant, {
      untold: (db) => this.#insert(db, grant),
      told: async (trx) => {
        await this.#insert(trx, grant);
        await tellOfFirstConsent(trx, { ...grant, realm: this.realm }, grant.payload);
      },
    });
  }

  async #insert(db: Kysely<Tables>, grant: Grant): Promise<void> {
    const now = Date.now();
    const inserted = await db
      .insertInto('grants')
      .values({
        id: grant.id,
        realm: this.realm,
        client_id: grant.clientId,
        account_id: grant.accountId,
        payload: JSON.stringify(grant.payload),
        created_at: now,
        updated_at: now,
      })
      .onConflict((conflict) => conflict.columns(['client_id', 'account_id', 'realm']).doNothing())
      .executeTakeFirst();
    if ((inserted.numInsertedOrUpdatedRows ?? 0n) === 0n) throw new GrantExistsError();
  }

  /** @returns false when the grant has changed since `known` or was withdrawn, because a withdrawn grant must not come back */
  replace(known: Grant, payload: Record<string, unknown>): Promise<boolean> {
    return whenTold(this.db, known, {
      untold: (db) => this.#replace(db, known, payload),
      told: async (trx) => {
        const isReplaced = await this.#replace(trx, known, payload);
        if (isReplaced) await tellOfConsent(trx, { ...known, realm: this.realm }, known.payload, payload);
        return isReplaced;
      },
    });
  }

  async #replace(db: Kysely<Tables>, known: Grant, payload: Record<string, unknown>): Promise<boolean> {
    const { numUpdatedRows } = await db
      .updateTable('grants')
      .set({ payload: JSON.stringify(payload), updated_at: Date.now() })
      .where('realm', '=', this.realm)
      .where('id', '=', known.id)
      .where('payload', '=', JSON.stringify(known.payload))
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async delete(id: string): Promise<void> {
    const { realm } = this;
    const deleteFrom = (db: Kysely<Tables>) =>
      db.deleteFrom('grants').where('realm', '=', realm).where('id', '=', id).returning(['client_id', 'account_id']);
    await whenTold(
      this.db,
      { realm },
      {
        untold: async (db) => {
          await deleteFrom(db).execute();
        },
        told: async (trx) => {
          for (const { client_id: clientId, account_id: accountId } of await deleteFrom(trx).execute())
            await tellOfDisconnection(trx, { realm, clientId, accountId });
        },
      },
    );
  }
}

function toGrant(row: GrantRow): Grant {
  return {
    id: row.id,
    clientId: row.client_id,
    accountId: row.account_id,
    payload: fromJson(row.payload),
  };
}
