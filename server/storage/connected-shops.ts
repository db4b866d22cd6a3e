import type { Environment, Realm } from '@signup-with-platform/protocol';
import { type Kysely, type SqlBool, sql } from 'kysely';
import { deleteInBatches } from './batches.ts';
import { fromJson } from './columns.ts';
import { splitByProof } from './domain-proofs.ts';
import { tellOfConsent, tellOfDisconnection } from './grant-changes.ts';
import { present } from './present.ts';
import { RealmRepository } from './repository.ts';
import type { AppField, Tables } from './tables.ts';
import { whenTold } from './webhook-events.ts';

/** An app with which an account shares data, as the person sees it. */
export interface ConnectedShop {
  clientId: string;
  /** The user that stands for the account at the app. */
  userId?: string;
  name: string;
  environment: Environment;
  origins: string[];
  logoUri?: string;
  homePageUri?: string;
  privacyPolicyUri?: string;
  termsUri?: string;
  /** What the app asks for. */
  fields: AppField[];
  /** What was agreed to: oidc-provider's payload of its Grant model. */
  grant: Record<string, unknown>;
  since: Date;
}

/** What becomes of a grant; undefined leaves it as it is. */
type GrantChange = (grant: Record<string, unknown>) => Record<string, unknown> | undefined;

/** An open popup's interaction refers to the grant, too. It is kept, because the popup can go on without the grant and ask again. */
const KEPT_MODEL = 'Interaction';

/** The apps with which the accounts of one realm share data, and the withdrawal of consent. */
export class ConnectedShopRepository extends RealmRepository {
  /** Sorted by name. */
  async list(accountId: string): Promise<ConnectedShop[]> {
    const rows = await this.#select(accountId).orderBy('apps.name').orderBy('grants.client_id').execute();
    return rows.map(toShop);
  }

  async find(accountId: string, clientId: string): Promise<ConnectedShop | undefined> {
    const row = await this.#select(accountId).where('grants.client_id', '=', clientId).executeTakeFirst();
    return row && toShop(row);
  }

  /**
   * Replaces what was agreed to.
   * @param change is called with the current grant, and again if it has changed meanwhile; it returns undefined to leave the grant as it is
   * @returns whether the grant was changed
   */
  changeGrant(accountId: string, clientId: string, change: GrantChange): Promise<boolean> {
    return whenTold(
      this.db,
      { clientId },
      {
        untold: async (db) => (await this.#changeGrant(db, accountId, clientId, change)) !== undefined,
        told: async (trx) => {
          const changed = await this.#changeGrant(trx, accountId, clientId, change);
          if (changed)
            await tellOfConsent(trx, { realm: this.realm, clientId, accountId }, changed.before, changed.after);
          return changed !== undefined;
        },
      },
    );
  }

  async #changeGrant(db: Kysely<Tables>, accountId: string, clientId: string, change: GrantChange) {
    for (;;) {
      const row = await db
        .selectFrom('grants')
        .select(['id', 'payload'])
        .where('realm', '=', this.realm)
        .where('account_id', '=', accountId)
        .where('client_id', '=', clientId)
        .executeTakeFirst();
      const changed = row && change(fromJson(row.payload));
      if (!changed) return undefined;
      const { numUpdatedRows } = await db
        .updateTable('grants')
        .set({ payload: JSON.stringify(changed), updated_at: Date.now() })
        .where('id', '=', row.id)
        .where('payload', '=', row.payload)
        .executeTakeFirst();
      // The loop ends, because in each round that fails another change has succeeded.
      if (numUpdatedRows > 0n) return { before: fromJson(row.payload), after: changed };
    }
  }

  /**
   * Withdraws consent, and deletes the codes and tokens that were issued under it. The user is kept, invisible to the app, so that a
   * person who comes back is the same user.
   * @returns false when there was no consent (any more); exactly one of several concurrent calls gets true
   */
  async disconnect(accountId: string, clientId: string): Promise<boolean> {
    return (await this.#withdraw(accountId, clientId)).length > 0;
  }

  /** @returns the client ids of the apps */
  disconnectAll(accountId: string): Promise<string[]> {
    return this.#withdraw(accountId);
  }

  async #withdraw(accountId: string, clientId?: string): Promise<string[]> {
    const { realm } = this;
    const withdraw = (db: Kysely<Tables>) => withdrawGrants(db, realm, accountId, clientId);
    const gone = await whenTold(this.db, clientId === undefined ? { realm } : { clientId }, {
      untold: withdraw,
      told: async (trx) => {
        const grants = await withdraw(trx);
        for (const grant of grants) await tellOfDisconnection(trx, { realm, accountId, clientId: grant.clientId });
        return grants;
      },
    });
    // The engine refuses tokens without a grant, so that a crash here leaves none that works.
    for (const { id } of gone) await deleteTokens(this.db, this.realm, id);
    return gone.map((grant) => grant.clientId);
  }

  #select(accountId: string) {
    return selectShops(this.db)
      .where('apps.deleted_at', 'is', null)
      .where('grants.realm', '=', this.realm)
      .where('grants.account_id', '=', accountId);
  }
}

function selectShops(db: Kysely<Tables>) {
  return db
    .selectFrom('grants')
    .innerJoin('environments', 'environments.client_id', 'grants.client_id')
    .innerJoin('apps', 'apps.id', 'environments.app_id')
    .leftJoin('users', (join) =>
      join
        .onRef('users.client_id', '=', 'grants.client_id')
        .onRef('users.account_id', '=', 'grants.account_id')
        .onRef('users.realm', '=', 'grants.realm'),
    )
    .select(['grants.client_id', 'grants.payload', 'grants.created_at', 'users.id as user_id'])
    .select(['apps.name', 'apps.logo_uri', 'apps.home_page_uri', 'apps.privacy_policy_uri', 'apps.terms_uri'])
    .select(['apps.fields', 'environments.environment', 'environments.origins', 'environments.domains']);
}

function toShop(row: ShopRow): ConnectedShop {
  return present<ConnectedShop>({
    clientId: row.client_id,
    userId: row.user_id,
    name: row.name,
    environment: row.environment,
    origins: splitByProof(fromJson(row.origins), fromJson(row.domains) ?? []).usable,
    logoUri: row.logo_uri,
    homePageUri: row.home_page_uri,
    privacyPolicyUri: row.privacy_policy_uri,
    termsUri: row.terms_uri,
    fields: fromJson(row.fields),
    grant: fromJson(row.payload),
    since: new Date(row.created_at),
  });
}

type ShopRow = Awaited<ReturnType<ReturnType<typeof selectShops>['execute']>>[number];

/** Deletes the grants of an account, or the one for a client. @returns those that were deleted */
async function withdrawGrants(
  db: Kysely<Tables>,
  realm: Realm,
  accountId: string,
  clientId?: string,
): Promise<{ id: string; clientId: string }[]> {
  let query = db.deleteFrom('grants').where('realm', '=', realm).where('account_id', '=', accountId);
  if (clientId !== undefined) query = query.where('client_id', '=', clientId);
  const gone = await query.returning(['id', 'client_id']).execute();
  return gone.map((grant) => ({ id: grant.id, clientId: grant.client_id }));
}

/** Deletes the codes and tokens that were issued under a grant. */
export async function deleteTokens(db: Kysely<Tables>, realm: Realm, grantId: string): Promise<void> {
  const tokens = sql<SqlBool>`grant_id = ${grantId} and realm = ${realm} and model != ${KEPT_MODEL}`;
  await deleteInBatches(db, 'oidc_records', ['realm', 'model', 'id_hash'], tokens);
}
