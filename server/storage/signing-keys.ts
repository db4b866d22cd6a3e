import type { JWK } from 'jose';
import type { Insertable, Kysely } from 'kysely';
import { fromJson } from './columns.ts';
import { isRetryable, isUniqueViolation } from './database-errors.ts';
import { RealmRepository } from './repository.ts';
import { SIGNING_KEY_RETENTION_MS, type SigningKey, scheduleOf } from './signing-key-schedule.ts';
import type { SigningKeyRow, Tables } from './tables.ts';
import { transaction } from './transaction.ts';

/** The private keys of a realm. signing-key-schedule.ts says what each of them does at a moment. */
export class SigningKeyRepository extends RealmRepository {
  /** The published keys; the first one signs. */
  async list(): Promise<JWK[]> {
    return scheduleOf(await this.listAll(), Date.now()).map(({ jwk }) => jwk);
  }

  /** All keys, published or not. */
  async listAll(): Promise<SigningKey[]> {
    const rows = await this.db.selectFrom('signing_keys').selectAll().where('realm', '=', this.realm).execute();
    return rows.map((row) => ({
      jwk: fromJson(row.private_jwk),
      createdAt: new Date(row.created_at),
      signsFrom: new Date(row.signs_from ?? row.created_at),
    }));
  }

  /** Adds the first key, unless the realm has one. When two processes start at the same moment, one of them wins. */
  async addFirst(jwk: SigningKey['jwk']): Promise<void> {
    await this.db
      .insertInto('signing_keys')
      .values(this.#newest(jwk, new Date()))
      .onConflict((conflict) => conflict.columns(['realm', 'active']).doNothing())
      .execute();
  }

  /** Adds a key, which is published at once and signs from `signsFrom` on. */
  async add(jwk: SigningKey['jwk'], signsFrom: Date): Promise<void> {
    await this.#inTurn(async (db) => {
      await db.updateTable('signing_keys').set({ active: null }).where('realm', '=', this.realm).execute();
      await db.insertInto('signing_keys').values(this.#newest(jwk, signsFrom)).execute();
    });
  }

  /** Replaces all keys by one. Whatever the others have signed is invalid from now on. @returns the ids of the others */
  async replaceAll(jwk: SigningKey['jwk']): Promise<string[]> {
    return this.#inTurn(async (db) => {
      const gone = await db.deleteFrom('signing_keys').where('realm', '=', this.realm).returning('kid').execute();
      await db.insertInto('signing_keys').values(this.#newest(jwk, new Date())).execute();
      return gone.map(({ kid }) => kid);
    });
  }

  #newest(jwk: SigningKey['jwk'], signsFrom: Date): Insertable<SigningKeyRow> {
    return {
      kid: jwk.kid,
      realm: this.realm,
      active: 1,
      private_jwk: JSON.stringify(jwk),
      created_at: Date.now(),
      signs_from: signsFrom.getTime(),
    };
  }

  /** Makes concurrent rotations happen one after the other, because only one key can be the newest. */
  #inTurn<Result>(work: (db: Kysely<Tables>) => Promise<Result>): Promise<Result> {
    return transaction(this.db, work, (error) => isRetryable(error) || isUniqueViolation(error));
  }
}

/** Deletes the keys, of all realms, whose signatures are all invalid by now. */
export async function deleteRetiredSigningKeys(db: Kysely<Tables>, nowMs: number): Promise<void> {
  await db
    .deleteFrom('signing_keys')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('signing_keys as successor')
          .select('successor.kid')
          .whereRef('successor.realm', '=', 'signing_keys.realm')
          .where(({ eb, fn, ref }) =>
            eb(
              'successor.signs_from',
              '>',
              fn.coalesce(ref('signing_keys.signs_from'), ref('signing_keys.created_at')),
            ),
          )
          .where('successor.signs_from', '<=', nowMs - SIGNING_KEY_RETENTION_MS),
      ),
    )
    .execute();
}
