import { ENVIRONMENTS, type Environment, type Field, type Realm, realmOf } from '@signup-with-platform/protocol';
import type { Kysely, Transaction } from 'kysely';
import { hashSecret, randomAlphanumerics, randomId } from './ids.ts';
import { PreparedQuery } from './prepared-query.ts';
import { Repository } from './repository.ts';
import type { AppRole, AppRow, Tables } from './tables.ts';
import { isUniqueViolation, transaction } from './transaction.ts';

/** A field that an app may ask for. */
export interface AppField {
  field: Field;
  /** Required ones cannot be unticked on the consent page. */
  required: boolean;
  /** Why, in the vendor's words: one line of plain text, shown on the consent page. */
  reason?: string;
}

/** A vendor's registration, seen through one of its environments: what the popup and the protocol engine work with. */
export interface AppEnvironment {
  appId: string;
  clientId: string;
  clientSecretHash: string;
  /** The secret before this one, while it may still open. */
  previousSecret?: { hash: string; expiresAt: Date };
  environment: Environment;
  realm: Realm;
  name: string;
  logoUri?: string;
  privacyPolicyUri?: string;
  termsUri?: string;
  fields: AppField[];
  origins: string[];
  redirectUris: string[];
  disabled: boolean;
}

export interface NewAppEnvironment {
  name: string;
  environment: Environment;
  origins: readonly string[];
  redirectUris?: readonly string[];
  fields?: readonly AppField[];
  logoUri?: string;
  homePageUri?: string;
  privacyPolicyUri?: string;
  termsUri?: string;
  signupEndpoint?: string;
  signupKey?: string;
  /** Account of the production realm that owns the app; without one it is the operator's. */
  ownerId?: string;
}

/** What a vendor says about an app, whatever the environment. */
export interface AppSettings {
  name: string;
  homePageUri?: string;
  privacyPolicyUri?: string;
  termsUri?: string;
  fields: AppField[];
}

export interface AppDetails extends AppSettings {
  id: string;
  disabled: boolean;
  createdAt: Date;
  logoUri?: string;
}

/** An app as one of its members sees it in a list. */
export interface MemberApp {
  id: string;
  name: string;
  disabled: boolean;
  logoUri?: string;
  role: AppRole;
  environments: Environment[];
}

/** A vendor's own endpoint for new users, and the key that it knows us by. */
export interface SignupEndpoint {
  url: string;
  /** Sent as X-Api-Key; never logged. */
  key: string;
}

/** Shown once; only hashes are kept. */
export interface AppSecrets {
  appId: string;
  clientId: string;
  clientSecret: string;
  apiKey: string;
}

/** What an app may ask for unless its registration says otherwise. */
export const DEFAULT_FIELDS: readonly AppField[] = [
  { field: 'name', required: true },
  { field: 'email', required: true },
  { field: 'phone_number', required: false },
  { field: 'address', required: false },
  { field: 'locale', required: false },
  { field: 'picture', required: false },
];

const CLIENT_ID_LENGTH = 32;
/** Nothing else is looked for; PostgreSQL refuses some texts, such as those with a NUL. */
const CLIENT_ID = /^[A-Za-z\d]{1,64}$/;
const CLIENT_SECRET_LENGTH = 40;
const API_KEY_LENGTH = 32;

function selectEnvironments(db: Kysely<Tables>) {
  return db
    .selectFrom('environments')
    .innerJoin('apps', 'apps.id', 'environments.app_id')
    .select(['apps.id', 'name', 'logo_uri', 'privacy_policy_uri', 'terms_uri', 'fields', 'disabled_at'])
    .select(['client_id', 'client_secret_hash', 'environment', 'realm', 'origins', 'redirect_uris'])
    .select(['previous_secret_hash', 'previous_secret_expires_at']);
}

const FIND = new PreparedQuery((db, parameter: (name: 'clientId') => string) =>
  selectEnvironments(db).where('client_id', '=', parameter('clientId')),
);

/** Vendors' apps. They belong to no realm; each of their environments does. */
export class AppRepository extends Repository {
  /** Registers an app with one environment, and its credentials. */
  async create(app: NewAppEnvironment): Promise<AppSecrets> {
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
          disabled_at: null,
          created_at: now,
          updated_at: now,
        })
        .execute();
      if (app.ownerId !== undefined) {
        await trx
          .insertInto('app_members')
          .values({ app_id: appId, account_id: app.ownerId, role: 'owner', created_at: now })
          .execute();
      }
      return insertEnvironment(trx, appId, app);
    });
  }

  /**
   * Gives an app another environment, with credentials of its own.
   * @returns undefined when the app has it already, or there is no such app
   */
  async addEnvironment(
    appId: string,
    environment: Environment,
    origins: readonly string[],
  ): Promise<AppSecrets | undefined> {
    try {
      return await transaction(this.db, async (trx) => {
        const app = await trx.selectFrom('apps').select('id').where('id', '=', appId).executeTakeFirst();
        return app && (await insertEnvironment(trx, appId, { environment, origins }));
      });
    } catch (error) {
      if (isUniqueViolation(error)) return undefined;
      throw error;
    }
  }

  /** The app behind a client_id, in whichever realm it lives. */
  async findByClientId(clientId: string): Promise<AppEnvironment | undefined> {
    if (!CLIENT_ID.test(clientId)) return undefined;
    const row = await FIND.executeTakeFirst(this.db, { clientId });
    return row && toEnvironment(row);
  }

  /** An app's environments that there are, in the order of ENVIRONMENTS. */
  async listEnvironments(appId: string): Promise<AppEnvironment[]> {
    const rows = await selectEnvironments(this.db).where('app_id', '=', appId).execute();
    const order = (row: (typeof rows)[number]) => ENVIRONMENTS.indexOf(row.environment);
    return rows.sort((a, b) => order(a) - order(b)).map(toEnvironment);
  }

  async findEnvironment(appId: string, environment: Environment): Promise<AppEnvironment | undefined> {
    const row = await selectEnvironments(this.db)
      .where('app_id', '=', appId)
      .where('environment', '=', environment)
      .executeTakeFirst();
    return row && toEnvironment(row);
  }

  /** Apart from {@link AppEnvironment}, so that the key is nowhere but where it is sent. */
  async findSignupEndpoint(clientId: string): Promise<SignupEndpoint | undefined> {
    const row = await this.db
      .selectFrom('environments')
      .select(['signup_endpoint', 'signup_key'])
      .where('client_id', '=', clientId)
      .executeTakeFirst();
    return row?.signup_endpoint && row.signup_key ? { url: row.signup_endpoint, key: row.signup_key } : undefined;
  }

  async find(appId: string): Promise<{ id: string; name: string; disabled: boolean } | undefined> {
    const row = await this.db.selectFrom('apps').selectAll().where('id', '=', appId).executeTakeFirst();
    return row && toSummary(row);
  }

  async findDetails(appId: string): Promise<AppDetails | undefined> {
    const row = await this.db.selectFrom('apps').selectAll().where('id', '=', appId).executeTakeFirst();
    return row && toDetails(row);
  }

  /** The apps that somebody is a member of, by name. */
  async listFor(accountId: string): Promise<MemberApp[]> {
    const apps = await this.db
      .selectFrom('app_members')
      .innerJoin('apps', 'apps.id', 'app_members.app_id')
      .select(['apps.id', 'name', 'logo_uri', 'disabled_at', 'role'])
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
      .map((app) => ({
        id: app.id,
        name: app.name,
        disabled: app.disabled_at !== null,
        ...(app.logo_uri !== null && { logoUri: app.logo_uri }),
        role: app.role,
        environments: ENVIRONMENTS.filter((environment) =>
          environments.some((one) => one.app_id === app.id && one.environment === environment),
        ),
      }))
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
        updated_at: Date.now(),
      })
      .where('id', '=', appId)
      .execute();
  }

  /** Deletes an app with all that belongs to it: environments, keys, users, consents, members, events. */
  async delete(appId: string): Promise<void> {
    await transaction(this.db, async (trx) => {
      const clients = await trx.selectFrom('environments').select('client_id').where('app_id', '=', appId).execute();
      for (const { client_id: clientId } of clients) {
        await trx.deleteFrom('app_events').where('client_id', '=', clientId).execute();
      }
      await trx.deleteFrom('apps').where('id', '=', appId).execute();
    });
  }

  /** Whether anybody has ever signed up through an environment. */
  async hasIssued(clientId: string): Promise<boolean> {
    const row = await this.db
      .selectFrom('users')
      .select('id')
      .where('client_id', '=', clientId)
      // What the vendor made itself has none, and may be most of it; the index knows.
      .where('account_id', 'is not', null)
      .where('first_credential_at', 'is not', null)
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
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

  /** Replaces the origins of an environment. */
  async setOrigins(clientId: string, origins: readonly string[]): Promise<void> {
    await this.db
      .updateTable('environments')
      .set({ origins: JSON.stringify(origins), updated_at: Date.now() })
      .where('client_id', '=', clientId)
      .execute();
  }

  /**
   * Changes one list of an environment's addresses, as it is at that moment: of two changes at once, neither is lost.
   * @param change gives the new list, or undefined to leave it as it is
   * @returns the list before and after; undefined when it was left
   */
  async changeAddresses(
    clientId: string,
    list: 'origins' | 'redirectUris',
    change: (current: readonly string[]) => readonly string[] | undefined,
  ): Promise<{ before: string[]; after: string[] } | undefined> {
    const column = list === 'origins' ? 'origins' : 'redirect_uris';
    return transaction(this.db, async (trx) => {
      // Writing comes first: it locks the row, on every engine.
      await trx.updateTable('environments').set({ updated_at: Date.now() }).where('client_id', '=', clientId).execute();
      const row = await trx
        .selectFrom('environments')
        .select(column)
        .where('client_id', '=', clientId)
        .executeTakeFirstOrThrow();
      const before = JSON.parse((row as Record<typeof column, string>)[column]) as string[];
      const after = change(before);
      if (!after) return undefined;
      await trx
        .updateTable('environments')
        .set({ [column]: JSON.stringify(after) })
        .where('client_id', '=', clientId)
        .execute();
      return { before, after: [...after] };
    });
  }

  /** @param endpoint undefined takes it away, and its key */
  async setSignupEndpoint(clientId: string, endpoint: SignupEndpoint | undefined): Promise<void> {
    await this.db
      .updateTable('environments')
      .set({ signup_endpoint: endpoint?.url ?? null, signup_key: endpoint?.key ?? null, updated_at: Date.now() })
      .where('client_id', '=', clientId)
      .execute();
  }

  async isEmpty(): Promise<boolean> {
    return (await this.db.selectFrom('apps').select('id').limit(1).executeTakeFirst()) === undefined;
  }
}

/** Makes an environment and its credentials within a transaction. */
async function insertEnvironment(
  trx: Transaction<Tables>,
  appId: string,
  app: Pick<NewAppEnvironment, 'environment' | 'origins' | 'redirectUris' | 'signupEndpoint' | 'signupKey'>,
): Promise<AppSecrets> {
  const now = Date.now();
  const realm = realmOf(app.environment);
  const secrets: AppSecrets = {
    appId,
    clientId: randomAlphanumerics(CLIENT_ID_LENGTH),
    clientSecret: randomAlphanumerics(CLIENT_SECRET_LENGTH),
    apiKey: `${app.environment === 'production' ? 'sk_live_' : 'sk_test_'}${randomAlphanumerics(API_KEY_LENGTH)}`,
  };
  await trx
    .insertInto('environments')
    .values({
      client_id: secrets.clientId,
      app_id: appId,
      environment: app.environment,
      realm,
      client_secret_hash: hashSecret(secrets.clientSecret),
      origins: JSON.stringify(app.origins),
      redirect_uris: JSON.stringify(app.redirectUris ?? []),
      signup_endpoint: app.signupEndpoint ?? null,
      signup_key: app.signupKey ?? null,
      created_at: now,
      updated_at: now,
    })
    .execute();
  await trx
    .insertInto('api_keys')
    .values({
      id: randomId(),
      client_id: secrets.clientId,
      realm,
      key_hash: hashSecret(secrets.apiKey),
      prefix: secrets.apiKey.slice(0, 'sk_live_'.length + 4),
      name: 'First key',
      expires_at: null,
      created_at: now,
    })
    .execute();
  return secrets;
}

function toDetails(row: AppRow): AppDetails {
  return {
    ...toSummary(row),
    createdAt: new Date(row.created_at),
    ...(row.logo_uri !== null && { logoUri: row.logo_uri }),
    ...(row.home_page_uri !== null && { homePageUri: row.home_page_uri }),
    ...(row.privacy_policy_uri !== null && { privacyPolicyUri: row.privacy_policy_uri }),
    ...(row.terms_uri !== null && { termsUri: row.terms_uri }),
    fields: JSON.parse(row.fields) as AppField[],
  };
}

function toSummary(row: AppRow): { id: string; name: string; disabled: boolean } {
  return { id: row.id, name: row.name, disabled: row.disabled_at !== null };
}

function toEnvironment(row: EnvironmentOfApp): AppEnvironment {
  return {
    appId: row.id,
    clientId: row.client_id,
    clientSecretHash: row.client_secret_hash,
    ...(row.previous_secret_hash !== null &&
      row.previous_secret_expires_at !== null && {
        previousSecret: { hash: row.previous_secret_hash, expiresAt: new Date(row.previous_secret_expires_at) },
      }),
    environment: row.environment,
    realm: row.realm,
    name: row.name,
    ...(row.logo_uri !== null && { logoUri: row.logo_uri }),
    ...(row.privacy_policy_uri !== null && { privacyPolicyUri: row.privacy_policy_uri }),
    ...(row.terms_uri !== null && { termsUri: row.terms_uri }),
    fields: JSON.parse(row.fields) as AppField[],
    origins: JSON.parse(row.origins) as string[],
    redirectUris: JSON.parse(row.redirect_uris) as string[],
    disabled: row.disabled_at !== null,
  };
}

type EnvironmentOfApp = Awaited<ReturnType<ReturnType<typeof selectEnvironments>['execute']>>[number];
