import { ENVIRONMENTS, type Environment, type Field, type Realm, realmOf } from '@signup-with-platform/protocol';
import type { Kysely } from 'kysely';
import { hashSecret, randomAlphanumerics, randomId } from './ids.ts';
import { PreparedQuery } from './prepared-query.ts';
import type { AppRow, Tables } from './tables.ts';
import { transaction } from './transaction.ts';

/** A field that an app may ask for. */
export interface AppField {
  field: Field;
  /** Required ones cannot be unticked on the consent page. */
  required: boolean;
}

/** A vendor's registration, seen through one of its environments: what the popup and the protocol engine work with. */
export interface AppEnvironment {
  appId: string;
  clientId: string;
  clientSecretHash: string;
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
    .select(['client_id', 'client_secret_hash', 'environment', 'realm', 'origins', 'redirect_uris']);
}

const FIND = new PreparedQuery((db, parameter: (name: 'clientId') => string) =>
  selectEnvironments(db).where('client_id', '=', parameter('clientId')),
);

/** Vendors' apps. They belong to no realm; each of their environments does. */
export class AppRepository {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** Registers an app with one environment, and its credentials. */
  async create(app: NewAppEnvironment): Promise<AppSecrets> {
    const now = Date.now();
    const secrets: AppSecrets = {
      appId: randomId(),
      clientId: randomAlphanumerics(CLIENT_ID_LENGTH),
      clientSecret: randomAlphanumerics(CLIENT_SECRET_LENGTH),
      apiKey: `${app.environment === 'production' ? 'sk_live_' : 'sk_test_'}${randomAlphanumerics(API_KEY_LENGTH)}`,
    };
    const realm = realmOf(app.environment);
    await transaction(this.#db, async (trx) => {
      await trx
        .insertInto('apps')
        .values({
          id: secrets.appId,
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
      await trx
        .insertInto('environments')
        .values({
          client_id: secrets.clientId,
          app_id: secrets.appId,
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
    });
    return secrets;
  }

  /** The app behind a client_id, in whichever realm it lives. */
  async findByClientId(clientId: string): Promise<AppEnvironment | undefined> {
    if (!CLIENT_ID.test(clientId)) return undefined;
    const row = await FIND.executeTakeFirst(this.#db, { clientId });
    return row && toEnvironment(row);
  }

  /** An app's environments that there are, in the order of ENVIRONMENTS. */
  async listEnvironments(appId: string): Promise<AppEnvironment[]> {
    const rows = await selectEnvironments(this.#db).where('app_id', '=', appId).execute();
    const order = (row: (typeof rows)[number]) => ENVIRONMENTS.indexOf(row.environment);
    return rows.sort((a, b) => order(a) - order(b)).map(toEnvironment);
  }

  async findEnvironment(appId: string, environment: Environment): Promise<AppEnvironment | undefined> {
    const row = await selectEnvironments(this.#db)
      .where('app_id', '=', appId)
      .where('environment', '=', environment)
      .executeTakeFirst();
    return row && toEnvironment(row);
  }

  /** Apart from {@link AppEnvironment}, so that the key is nowhere but where it is sent. */
  async findSignupEndpoint(clientId: string): Promise<SignupEndpoint | undefined> {
    const row = await this.#db
      .selectFrom('environments')
      .select(['signup_endpoint', 'signup_key'])
      .where('client_id', '=', clientId)
      .executeTakeFirst();
    return row?.signup_endpoint && row.signup_key ? { url: row.signup_endpoint, key: row.signup_key } : undefined;
  }

  async find(appId: string): Promise<{ id: string; name: string; disabled: boolean } | undefined> {
    const row = await this.#db.selectFrom('apps').selectAll().where('id', '=', appId).executeTakeFirst();
    return row && toSummary(row);
  }

  /** @returns false when there is no such app */
  async setDisabled(appId: string, disabled: boolean): Promise<boolean> {
    const now = Date.now();
    const result = await this.#db
      .updateTable('apps')
      .set({ disabled_at: disabled ? now : null, updated_at: now })
      .where('id', '=', appId)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }

  /** Replaces the origins of an environment. */
  async setOrigins(clientId: string, origins: readonly string[]): Promise<void> {
    await this.#db
      .updateTable('environments')
      .set({ origins: JSON.stringify(origins), updated_at: Date.now() })
      .where('client_id', '=', clientId)
      .execute();
  }

  async isEmpty(): Promise<boolean> {
    return (await this.#db.selectFrom('apps').select('id').limit(1).executeTakeFirst()) === undefined;
  }
}

function toSummary(row: AppRow): { id: string; name: string; disabled: boolean } {
  return { id: row.id, name: row.name, disabled: row.disabled_at !== null };
}

function toEnvironment(row: EnvironmentOfApp): AppEnvironment {
  return {
    appId: row.id,
    clientId: row.client_id,
    clientSecretHash: row.client_secret_hash,
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
