import type { Insertable, Kysely } from 'kysely';
import { fromJson } from './columns.ts';
import { isRetryable, isUniqueViolation } from './database-errors.ts';
import { RealmRepository } from './repository.ts';
import { SIGNING_KEY_RETENTION_MS, type SigningJwk, type SigningKey, scheduleOf } from './signing-key-schedule.ts';
import type { SigningKeyRow, Tables } from './tables.ts';
import { transaction } from './transaction.ts';
import { noteAppEvent } from './webhook-events.ts';

const ROTATED = { type: 'key.rotated', changed: ['signing_key'] } as const;

/** The private keys of a realm. signing-key-schedule.ts says what each of them does at a moment. */
export class SigningKeyRepository extends RealmRepository {
  /** The published keys by algorithm; of each, the one that signs first. */
  async list(): Promise<SigningJwk[]> {
    return scheduleOf(await this.listAll(), Date.now()).map(({ jwk }) => jwk);
  }

  /** All keys, published or not. */
  async listAll(): Promise<SigningKey[]> {
    const rows = await this.db.selectFrom('signing_keys').selectAll().where('realm', '=', this.realm).execute();
    return rows.map((row) => ({
      jwk: fromJson(row.private_jwk),
      createdAt: new Date(row.created_at),
      signsFrom: new Date(row.signs_from),
    }));
  }

  /** Adds the first key of its algorithm, unless the realm has one. When two processes start at the same moment, one of them wins. */
  async addFirst(jwk: SigningJwk): Promise<void> {
    await this.db
      .insertInto('signing_keys')
      .values(this.#newest(jwk, new Date()))
      .onConflict((conflict) => conflict.columns(['realm', 'alg', 'active']).doNothing())
      .execute();
  }

  /** Adds keys, one of each algorithm, which are published at once and sign from `signsFrom` on. */
  async add(jwks: readonly SigningJwk[], signsFrom: Date): Promise<void> {
    await this.#inTurn(async (db) => {
      const algs = jwks.map(({ alg }) => alg);
      await db
        .updateTable('signing_keys')
        .set({ active: null })
        .where('realm', '=', this.realm)
        .where('alg', 'in', algs)
        .execute();
      await db
        .insertInto('signing_keys')
        .values(jwks.map((jwk) => this.#newest(jwk, signsFrom)))
        .execute();
      await noteAppEvent(db, { realm: this.realm }, ROTATED);
    });
  }

  /** Replaces all keys. Whatever they have signed is invalid from now on. @param jwks one of each algorithm. @returns the ids of the others */
  async replaceAll(jwks: readonly SigningJwk[]): Promise<string[]> {
    return this.#inTurn(async (db) => {
      const gone = await db.deleteFrom('signing_keys').where('realm', '=', this.realm).returning('kid').execute();
      const now = new Date();
      await db
        .insertInto('signing_keys')
        .values(jwks.map((jwk) => this.#newest(jwk, now)))
        .execute();
      await noteAppEvent(db, { realm: this.realm }, ROTATED);
      return gone.map(({ kid }) => kid);
    });
  }

  #newest(jwk: SigningJwk, signsFrom: Date): Insertable<SigningKeyRow> {
    return {
      kid: jwk.kid,
      realm: this.realm,
      alg: jwk.alg,
      active: 1,
      private_jwk: JSON.stringify(jwk),
      created_at: Date.now(),
      signs_from: signsFrom.getTime(),
    };
  }

  /** Makes concurrent rotations happen one after the other, because only one key of an algorithm can be the newest. */
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
          .whereRef('successor.alg', '=', 'signing_keys.alg')
          .whereRef('successor.signs_from', '>', 'signing_keys.signs_from')
          .where('successor.signs_from', '<=', nowMs - SIGNING_KEY_RETENTION_MS),
      ),
    )
    .execute();
}
