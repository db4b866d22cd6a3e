import type { Realm } from '@signup-with-platform/protocol';
import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

export interface Grant {
  id: string;
  clientId: string;
  accountId: string;
  /** oidc-provider's payload of its Grant model. */
  payload: Record<string, unknown>;
}

/** What the accounts of one realm agreed to share; lives until it is withdrawn. */
export class GrantRepository {
  readonly #db: Kysely<Tables>;
  readonly #realm: Realm;

  constructor(db: Kysely<Tables>, realm: Realm) {
    this.#db = db;
    this.#realm = realm;
  }

  async find(id: string): Promise<Grant | undefined> {
    const row = await this.#select().where('id', '=', id).executeTakeFirst();
    return row && toGrant(row);
  }

  async findFor(clientId: string, accountId: string): Promise<Grant | undefined> {
    const row = await this.#select()
      .where('client_id', '=', clientId)
      .where('account_id', '=', accountId)
      .executeTakeFirst();
    return row && toGrant(row);
  }

  async save(grant: Grant): Promise<void> {
    const now = Date.now();
    const payload = JSON.stringify(grant.payload);
    await this.#db
      .insertInto('grants')
      .values({
        id: grant.id,
        realm: this.#realm,
        client_id: grant.clientId,
        account_id: grant.accountId,
        payload,
        created_at: now,
        updated_at: now,
      })
      // Two tabs agreeing at once: the later one counts, under its own id.
      .onConflict((conflict) =>
        conflict.columns(['client_id', 'account_id', 'realm']).doUpdateSet({ id: grant.id, payload, updated_at: now }),
      )
      .execute();
  }

  async delete(id: string): Promise<void> {
    await this.#db.deleteFrom('grants').where('realm', '=', this.#realm).where('id', '=', id).execute();
  }

  #select() {
    return this.#db
      .selectFrom('grants')
      .select(['id', 'client_id', 'account_id', 'payload'])
      .where('realm', '=', this.#realm);
  }
}

function toGrant(row: { id: string; client_id: string; account_id: string; payload: string }): Grant {
  return {
    id: row.id,
    clientId: row.client_id,
    accountId: row.account_id,
    payload: JSON.parse(row.payload) as Record<string, unknown>,
  };
}
