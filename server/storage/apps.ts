import { ENVIRONMENTS, type Environment } from '@signup-with-platform/protocol';
import { type Selectable, type SqlBool, sql } from 'kysely';
import { type AppSecrets, insertEnvironment, type NewEnvironment } from './app-environments.ts';
import { putMember } from './app-members.ts';
import { BATCH_ROWS, deleteInBatches } from './batches.ts';
import { fromJson } from './columns.ts';
import { eraseTraces } from './erase-traces.ts';
import { randomId } from './ids.ts';
import { present } from './present.ts';
import { Repository } from './repository.ts';
import type { AppField, AppRole, AppRow } from './tables.ts';
import { transaction } from './transaction.ts';

export type { AppField } from './tables.ts';

/** What a vendor says about an app, whatever the environment. */
export interface AppSettings {
  name: string;
  homePageUri?: string;
  privacyPolicyUri?: string;
  termsUri?: string;
  fields: AppField[];
  /** How long its credentials may be used. Default: an hour. */
  credentialLifetimeSeconds?: number;
}

/** An app and its first environment. */
export interface NewApp extends NewEnvironment, Omit<AppSettings, 'fields'> {
  logoUri?: string;
  /** Default: {@link DEFAULT_FIELDS}. */
  fields?: readonly AppField[];
  /** Account of the production realm that owns the app; without one it is the operator's. */
  ownerId?: string;
}

export interface AppDetails extends AppSettings {
  id: string;
  /** By its owner. */
  disabled: boolean;
  /** By the operator: why. The owner cannot change it. */
  suspendedBecause?: string;
  /** The name that it is to have once the operator approves, or why the operator has not. */
  requestedName?: string;
  nameRefusal?: string;
  createdAt: Date;
  logoUri?: string;
}

/** An app as one of its members sees it in a list. */
export interface MemberApp extends Pick<AppDetails, 'id' | 'name' | 'disabled' | 'suspendedBecause' | 'logoUri'> {
  role: AppRole;
  environments: Environment[];
}

export type AppSummary = Pick<AppDetails, 'id' | 'name' | 'disabled' | 'suspendedBecause'>;

/** What an app may ask for unless its registration says otherwise. */
export const DEFAULT_FIELDS: readonly AppField[] = [
  { field: 'name', required: true },
  { field: 'email', required: true },
  { field: 'phone_number', required: false },
  { field: 'address', required: false },
  { field: 'locale', required: false },
  { field: 'picture', required: false },
];

/** Vendors' apps. They belong to no realm; each of their environments does. */
export class AppRepository extends Repository {
  /** Registers an app with one environment, and its credentials. */
  async create(app: NewApp): Promise<AppSecrets> {
    const now = Date.now();
    const appId = randomId();
    return transaction(this.db, async (trx) => {
      await trx
        .insertInto('apps')
        .values({
          id: appId,
          name: app.name,
          logo_uri: app.logoUri ?? null,
          home_page_uri: app.homePageUri ?? null,
          privacy_policy_uri: app.privacyPolicyUri ?? null,
          terms_uri: app.termsUri ?? null,
          fields: JSON.stringify(app.fields ?? DEFAULT_FIELDS),
          credential_lifetime: app.credentialLifetimeSeconds ?? null,
          disabled_at: null,
          created_at: now,
          updated_at: now,
        })
        .execute();
      if (app.ownerId !== undefined) await putMember(trx, appId, app.ownerId, 'owner');
      return insertEnvironment(trx, appId, app);
    });
  }

  async find(appId: string): Promise<AppSummary | undefined> {
    const row = await this.db.selectFrom('apps').selectAll().where('id', '=', appId).executeTakeFirst();
    return row && toSummary(row);
  }

  async findDetails(appId: string): Promise<AppDetails | undefined> {
    const row = await this.db.selectFrom('apps').selectAll().where('id', '=', appId).executeTakeFirst();
    return row && toDetails(row);
  }

  /** The apps of which an account is a member, sorted by name. */
  async listFor(accountId: string): Promise<MemberApp[]> {
    const apps = await this.db
      .selectFrom('app_members')
      .innerJoin('apps', 'apps.id', 'app_members.app_id')
      .select(['apps.id', 'name', 'logo_uri', 'disabled_at', 'suspended_at', 'suspension_reason', 'role'])
      .where('account_id', '=', accountId)
      .execute();
    if (apps.length === 0) return [];
    const environments = await this.db
      .selectFrom('environments')
      .select(['app_id', 'environment'])
      .where(
        'app_id',
        'in',
        apps.map(({ id }) => id),
      )
      .execute();
    return apps
      .map((app) =>
        present<MemberApp>({
          suspendedBecause: null,
          ...toSummary(app),
          logoUri: app.logo_uri,
          role: app.role,
          environments: ENVIRONMENTS.filter((environment) =>
            environments.some((one) => one.app_id === app.id && one.environment === environment),
          ),
        }),
      )
      .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
  }

  async updateSettings(appId: string, settings: AppSettings): Promise<void> {
    await this.db
      .updateTable('apps')
      .set({
        name: settings.name,
        home_page_uri: settings.homePageUri ?? null,
        privacy_policy_uri: settings.privacyPolicyUri ?? null,
        terms_uri: settings.termsUri ?? null,
        fields: JSON.stringify(settings.fields),
        credential_lifetime: settings.credentialLifetimeSeconds ?? null,
        updated_at: Date.now(),
      })
      .where('id', '=', appId)
      .execute();
  }

  /**
   * Deletes an app with everything that belongs to it: environments, keys, users, consents, members, events, and its accounts of the
   * sandbox. It is disabled first, so that nothing is added meanwhile. What there may be many of goes in batches; whoever stops in the middle
   * may call this again.
   */
  async delete(appId: string): Promise<void> {
    await this.setDisabled(appId, true);
    const environments = this.db.selectFrom('environments').select(['client_id', 'realm']).where('app_id', '=', appId);
    for (const { client_id: clientId, realm } of await environments.execute()) {
      const ofClient = sql<SqlBool>`client_id = ${clientId}`;
      const ofEnvironment = sql<SqlBool>`client_id = ${clientId} and realm = ${realm}`;
      await deleteInBatches(this.db, 'app_events', ['id'], ofClient);
      await deleteInBatches(this.db, 'idempotency_keys', ['client_id', 'key_hash'], ofClient);
      await deleteInBatches(this.db, 'user_codes', ['code_hash'], ofEnvironment);
      await deleteInBatches(this.db, 'grants', ['id'], ofEnvironment);
      // Each takes its disclosures with it, a row a field.
      await deleteInBatches(this.db, 'users', ['id'], ofEnvironment);
    }
    await this.#deleteAccounts(appId);
    await transaction(this.db, async (trx) => {
      // Those whose making was under way.
      await trx.deleteFrom('accounts').where('sandbox_app_id', '=', appId).execute();
      const clients = await trx.selectFrom('environments').select('client_id').where('app_id', '=', appId).execute();
      for (const { client_id: clientId } of clients) {
        await trx.deleteFrom('app_events').where('client_id', '=', clientId).execute();
      }
      await trx.deleteFrom('apps').where('id', '=', appId).execute();
    });
  }

  /** One by one, because sessions and tokens go with each. */
  async #deleteAccounts(appId: string): Promise<void> {
    const some = this.db.selectFrom('accounts').select('id').where('sandbox_app_id', '=', appId).limit(BATCH_ROWS);
    for (let batch = await some.execute(); batch.length > 0; batch = await some.execute()) {
      for (const { id } of batch) {
        await eraseTraces(this.db, 'sandbox', id);
        await this.db.deleteFrom('accounts').where('id', '=', id).execute();
      }
    }
  }

  /** @returns false when there is no such app */
  async setDisabled(appId: string, disabled: boolean): Promise<boolean> {
    const now = Date.now();
    const result = await this.db
      .updateTable('apps')
      .set({ disabled_at: disabled ? now : null, updated_at: now })
      .where('id', '=', appId)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }

  async isEmpty(): Promise<boolean> {
    return (await this.db.selectFrom('apps').select('id').limit(1).executeTakeFirst()) === undefined;
  }
}

function toDetails(row: Selectable<AppRow>): AppDetails {
  return present<AppDetails>({
    suspendedBecause: null,
    ...toSummary(row),
    createdAt: new Date(row.created_at),
    logoUri: row.logo_uri,
    homePageUri: row.home_page_uri,
    privacyPolicyUri: row.privacy_policy_uri,
    termsUri: row.terms_uri,
    requestedName: row.requested_name,
    nameRefusal: row.name_refusal,
    fields: fromJson(row.fields),
    credentialLifetimeSeconds: row.credential_lifetime,
  });
}

function toSummary(
  row: Pick<Selectable<AppRow>, 'id' | 'name' | 'disabled_at' | 'suspended_at' | 'suspension_reason'>,
): AppSummary {
  return present<AppSummary>({
    id: row.id,
    name: row.name,
    disabled: row.disabled_at !== null,
    suspendedBecause: row.suspended_at === null ? null : (row.suspension_reason ?? ''),
  });
}
