import { DEFAULT_ID_TOKEN_ALG, ENVIRONMENTS, type Environment, type IdTokenAlg } from '@signup-with-platform/protocol';
import type { Selectable } from 'kysely';
import { type AppSecrets, insertEnvironment, type NewEnvironment } from './app-environments.ts';
import { putMember } from './app-members.ts';
import { fromJson } from './columns.ts';
import { markAppDeleted } from './erase-app.ts';
import { randomId } from './ids.ts';
import { present } from './present.ts';
import { Repository } from './repository.ts';
import type { AppField, AppKind, AppRole, AppRow, RequestedChanges } from './tables.ts';
import { transaction } from './transaction.ts';

export type { AppField, AppKind, RequestedChanges } from './tables.ts';

export const APP_KINDS = ['web', 'native'] as const satisfies readonly AppKind[];

/** What a vendor says about an app, whatever the environment. */
export interface AppSettings {
  name: string;
  homePageUri?: string;
  privacyPolicyUri?: string;
  termsUri?: string;
  fields: AppField[];
  /** How long its credentials may be used. Default: an hour. */
  credentialLifetimeSeconds?: number;
  /** How the ID tokens are signed that its backend redeems a code for. Default: RS256 for a new app; as it is for one that there is. */
  idTokenAlg?: IdTokenAlg;
  /** Whether it may ask people to stay connected while they are away. Default: a new app may, and one that there is stays as it is. */
  offlineAccess?: boolean;
  /** Whether people may sign in to it on a device, with another one. Default: not, and one that there is stays as it is. */
  deviceFlow?: boolean;
  /** Whether nobody signs in to it whose address is not verified. Default: not, and one that there is stays as it is. */
  requireVerifiedEmail?: boolean;
}

/** Settings that are one choice each, and that nobody sees. */
export type AppChoices = {
  [Name in 'idTokenAlg' | 'offlineAccess' | 'deviceFlow' | 'requireVerifiedEmail']?: AppSettings[Name] | undefined;
};

/** An app and its first environment. */
export interface NewApp extends NewEnvironment, Omit<AppSettings, 'fields'> {
  logoUri?: string;
  /** For good. Default: a website. */
  kind?: AppKind;
  /** Default: {@link DEFAULT_FIELDS}. */
  fields?: readonly AppField[];
  /** Account of the production realm that owns the app; without one it is the operator's. */
  ownerId?: string;
}

export interface AppDetails extends AppSettings {
  /** Of the operator's own fields that need it, those that the operator has approved. */
  approvedFields?: string[];
  id: string;
  kind: AppKind;
  /** By its owner. */
  disabled: boolean;
  /** By the operator: why. The owner cannot change it. */
  suspendedBecause?: string;
  /** What people are to see of it once the operator approves, or why the operator has not. */
  requested?: RequestedChanges;
  refusal?: string;
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
          id_token_alg: app.idTokenAlg ?? DEFAULT_ID_TOKEN_ALG,
          kind: app.kind ?? 'web',
          offline_access: app.offlineAccess === false ? 0 : 1,
          device_flow: app.deviceFlow ? 1 : 0,
          require_verified_email: app.requireVerifiedEmail ? 1 : 0,
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
    const row = await this.#select(appId).executeTakeFirst();
    return row && toSummary(row);
  }

  async findDetails(appId: string): Promise<AppDetails | undefined> {
    const row = await this.#select(appId).executeTakeFirst();
    return row && toDetails(row);
  }

  #select(appId: string) {
    return this.db.selectFrom('apps').selectAll().where('id', '=', appId).where('deleted_at', 'is', null);
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

  /** Replaces the operator's own fields that an app may ask for with approval. */
  async setApprovedFields(appId: string, fields: readonly string[]): Promise<void> {
    await this.db
      .updateTable('apps')
      .set({ approved_fields: fields.length > 0 ? JSON.stringify(fields) : null, updated_at: Date.now() })
      .where('id', '=', appId)
      .execute();
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
        ...(settings.idTokenAlg && { id_token_alg: settings.idTokenAlg }),
        ...(settings.offlineAccess !== undefined && { offline_access: settings.offlineAccess ? 1 : 0 }),
        ...(settings.deviceFlow !== undefined && { device_flow: settings.deviceFlow ? 1 : 0 }),
        ...(settings.requireVerifiedEmail !== undefined && {
          require_verified_email: settings.requireVerifiedEmail ? 1 : 0,
        }),
        updated_at: Date.now(),
      })
      .where('id', '=', appId)
      .execute();
  }

  /** Changes what is named. @returns false when there is no such app */
  async updateChoices(
    appId: string,
    { idTokenAlg, offlineAccess, deviceFlow, requireVerifiedEmail }: AppChoices,
  ): Promise<boolean> {
    const result = await this.db
      .updateTable('apps')
      .set({
        ...(idTokenAlg && { id_token_alg: idTokenAlg }),
        ...(offlineAccess !== undefined && { offline_access: offlineAccess ? 1 : 0 }),
        ...(deviceFlow !== undefined && { device_flow: deviceFlow ? 1 : 0 }),
        ...(requireVerifiedEmail !== undefined && { require_verified_email: requireVerifiedEmail ? 1 : 0 }),
        updated_at: Date.now(),
      })
      .where('id', '=', appId)
      .where('deleted_at', 'is', null)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }

  /**
   * Deletes an app with everything that belongs to it: environments, keys, users, consents, members, events, and its
   * accounts of the sandbox. It is gone for everybody at
   * once; the sweeper deletes the rest.
   * @returns false when there is no such app
   */
  delete(appId: string): Promise<boolean> {
    return markAppDeleted(this.db, appId);
  }

  /** @returns false when there is no such app */
  async setDisabled(appId: string, disabled: boolean): Promise<boolean> {
    const now = Date.now();
    const result = await this.db
      .updateTable('apps')
      .set({ disabled_at: disabled ? now : null, ...(disabled && { stopped_at: now }), updated_at: now })
      .where('id', '=', appId)
      .where('deleted_at', 'is', null)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }
}

function toDetails(row: Selectable<AppRow>): AppDetails {
  return present<AppDetails>({
    suspendedBecause: null,
    ...toSummary(row),
    kind: row.kind,
    offlineAccess: row.offline_access === 1,
    deviceFlow: row.device_flow === 1,
    requireVerifiedEmail: row.require_verified_email === 1,
    createdAt: new Date(row.created_at),
    logoUri: row.logo_uri,
    homePageUri: row.home_page_uri,
    privacyPolicyUri: row.privacy_policy_uri,
    termsUri: row.terms_uri,
    requested: fromJson(row.requested_changes),
    refusal: row.name_refusal,
    fields: fromJson(row.fields),
    approvedFields: fromJson(row.approved_fields),
    credentialLifetimeSeconds: row.credential_lifetime,
    idTokenAlg: row.id_token_alg,
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
