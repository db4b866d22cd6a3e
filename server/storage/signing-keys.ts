import type { Realm } from '@signup-with-platform/protocol';
import type { JWK } from 'jose';
import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** The private keys with which a realm signs, newest (the active one) first. */
export class SigningKeyRepository {
  readonly #db: Kysely<Tables>;
  readonly #realm: Realm;

  constructor(db: Kysely<Tables>, realm: Realm) {
    this.#db = db;
    this.#realm = realm;
  }

  async list(): Promise<JWK[]> {
    const rows = await this.#db
      .selectFrom('signing_keys')
      .select('private_jwk')
      .where('realm', '=', this.#realm)
      .orderBy((order) => order.case().when('active', '=', 1).then(0).else(1).end())
      .orderBy('created_at', 'desc')
      .execute();
    return rows.map((row) => JSON.parse(row.private_jwk) as JWK);
  }

  /** Makes `key` the active one unless the realm has one already: of two processes that start at once, one wins. */
  async addFirst(key: JWK & { kid: string }): Promise<void> {
    await this.#db
      .insertInto('signing_keys')
      .values({ kid: key.kid, realm: this.#realm, active: 1, private_jwk: JSON.stringify(key), created_at: Date.now() })
      .onConflict((conflict) => conflict.columns(['realm', 'active']).doNothing())
      .execute();
  }
}
