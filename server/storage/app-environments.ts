import {
  CREDENTIAL_LIFETIME,
  ENVIRONMENTS,
  type Environment,
  type IdTokenAlg,
  type Realm,
  realmOf,
} from '@signup-with-platform/protocol';
import type { InferResult, Kysely, Transaction } from 'kysely';
import { insertKey } from './api-keys.ts';
import { type Standing, standingOf } from './app-standing.ts';
import { dateOf, fromJson } from './columns.ts';
import { isUniqueViolation } from './database-errors.ts';
import { type DomainProof, splitByProof } from './domain-proofs.ts';
import { hashSecret, randomAlphanumerics } from './ids.ts';
import { PreparedQuery } from './prepared-query.ts';
import { present } from './present.ts';
import { Repository } from './repository.ts';
import type { AppField, AppKind, ReviewState, Tables } from './tables.ts';
import { transaction } from './transaction.ts';

/** An environment together with the app that it belongs to: what the popup and the protocol engine work with. */
export interface AppEnvironment {
  appId: string;
  clientId: string;
  clientSecretHash: string;
  /** The secret before this one, which may still work until it expires. */
  previousSecret?: { hash: string; expiresAt: Date };
  environment: Environment;
  realm: Realm;
  name: string;
  kind: AppKind;
  /** Whether it may ask people to stay connected while they are away. */
  offlineAccess: boolean;
  /** Whether people may sign in to it on a device, with another one (RFC 8628). */
  deviceFlow: boolean;
  /** Nobody signs in to it whose address is not verified. */
  requireVerifiedEmail: boolean;
  logoUri?: string;
  privacyPolicyUri?: string;
  termsUri?: string;
  fields: AppField[];
  /** Of the operator's own fields that need it, those that the operator has approved. */
  approvedFields: string[];
  /** From 5 minutes to an hour. */
  credentialLifetimeSeconds: number;
  /** How the ID tokens are signed that its backend redeems a code for. */
  idTokenAlg: IdTokenAlg;
  /** Those that are used: their domain is proven, or needs no proof. */
  origins: string[];
  redirectUris: string[];
  /** Where people may return to after a sign-out that the vendor began. */
  postLogoutRedirectUris: string[];
  /** Registered, but not used until their domain is proven. */
  waiting: { origins: string[]; redirectUris: string[]; postLogoutRedirectUris: string[] };
  /** Where the vendor's backend is told that a session has ended. */
  backchannelLogoutUri?: string;
  /** How the hosts that need a proof are proven. */
  domains: DomainProof[];
  /** Whether it may not be used, for the reason that `standing` gives. */
  disabled: boolean;
  standing: Standing;
  /** When it was disabled or suspended last. What it was given until then has ended, also once it goes on. */
  stoppedAt?: Date;
  /** Why the operator has declined it. */
  declinedBecause?: string;
}

/** What an environment is made of; its credentials are generated. */
export interface NewEnvironment {
  environment: Environment;
  origins: readonly string[];
  redirectUris?: readonly string[];
  postLogoutRedirectUris?: readonly string[];
  backchannelLogoutUri?: string;
  signupEndpoint?: string;
  signupKey?: string;
  /** Of its first API key. Default: in English. */
  keyName?: string;
  /** Default: it needs no review. */
  review?: ReviewState;
  /** Proofs of the hosts that need one. */
  domains?: readonly DomainProof[];
}

/** Credentials, shown once: of the client secret and the API key only hashes are stored. */
export interface AppSecrets {
  appId: string;
  clientId: string;
  clientSecret: string;
  apiKey: string;
}

const CLIENT_ID_LENGTH = 32;
/** Other texts are not looked up, because PostgreSQL refuses some of them, such as those with a NUL. */
const CLIENT_ID = /^[A-Za-z\d]{1,64}$/;
export const CLIENT_SECRET_LENGTH = 40;

function selectEnvironments(db: Kysely<Tables>) {
  return db
    .selectFrom('environments')
    .innerJoin('apps', 'apps.id', 'environments.app_id')
    .select(['apps.id', 'name', 'logo_uri', 'privacy_policy_uri', 'terms_uri', 'fields', 'disabled_at', 'suspended_at'])
    .select([
      'credential_lifetime',
      'id_token_alg',
      'stopped_at',
      'kind',
      'offline_access',
      'device_flow',
      'require_verified_email',
      'approved_fields',
    ])
    .where('apps.deleted_at', 'is', null)
    .select(['client_id', 'client_secret_hash', 'environment', 'realm', 'origins', 'redirect_uris'])
    .select(['previous_secret_hash', 'previous_secret_expires_at', 'review', 'review_reason', 'domains'])
    .select(['post_logout_redirect_uris', 'backchannel_logout_uri']);
}

const FIND = new PreparedQuery(
  (db, parameter: (name: 'clientId') => string) =>
    selectEnvironments(db).where('client_id', '=', parameter('clientId')),
  toEnvironment,
);

/** The environments of apps. Each lives in one realm, and has a client_id, secrets and addresses of its own. */
export class AppEnvironmentRepository extends Repository {
  /**
   * Gives an app another environment, with credentials of its own.
   * @returns undefined when the app has it already, or there is no such app
   */
  async add(
    appId: string,
    environment: Environment,
    origins: readonly string[],
    more: Omit<NewEnvironment, 'environment' | 'origins'> = {},
  ): Promise<AppSecrets | undefined> {
    try {
      return await transaction(this.db, async (trx) => {
        const app = await trx
          .selectFrom('apps')
          .select('id')
          .where('id', '=', appId)
          .where('deleted_at', 'is', null)
          .executeTakeFirst();
        return app && (await insertEnvironment(trx, appId, { ...more, environment, origins }));
      });
    } catch (error) {
      if (isUniqueViolation(error)) return undefined;
      throw error;
    }
  }

  /** The app behind a client_id, in whichever realm it lives. */
  async findByClientId(clientId: string): Promise<AppEnvironment | undefined> {
    if (!CLIENT_ID.test(clientId)) return undefined;
    return FIND.executeTakeFirst(this.db, { clientId });
  }

  /** The environments that an app has, in the order of ENVIRONMENTS. */
  async list(appId: string): Promise<AppEnvironment[]> {
    const rows = await selectEnvironments(this.db).where('app_id', '=', appId).execute();
    const order = (row: (typeof rows)[number]) => ENVIRONMENTS.indexOf(row.environment);
    return rows.sort((a, b) => order(a) - order(b)).map(toEnvironment);
  }

  async find(appId: string, environment: Environment): Promise<AppEnvironment | undefined> {
    const row = await selectEnvironments(this.db)
      .where('app_id', '=', appId)
      .where('environment', '=', environment)
      .executeTakeFirst();
    return row && toEnvironment(row);
  }

  /** When an app got its environment in production; counted from its approval; undefined while it is not there, or stopped. */
  async productionSince(appId: string): Promise<Date | undefined> {
    const row = await this.db
      .selectFrom('environments')
      .innerJoin('apps', 'apps.id', 'environments.app_id')
      .select(['environments.created_at', 'reviewed_at', 'review', 'disabled_at', 'suspended_at'])
      .where('app_id', '=', appId)
      .where('environment', '=', 'production')
      .executeTakeFirst();
    if (!row || standingOf(row) !== 'active') return undefined;
    return new Date(row.reviewed_at ?? row.created_at);
  }

  /** Whether anybody has ever signed up through an environment. */
  async hasIssued(clientId: string): Promise<boolean> {
    const row = await this.db
      .selectFrom('users')
      .select('id')
      .where('client_id', '=', clientId)
      // Users that the vendor made have no account and may be most of the rows; in the order of accounts, the index skips them.
      .where('account_id', 'is not', null)
      .where('first_credential_at', 'is not', null)
      .orderBy('account_id')
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
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
   * Changes one list of an environment's addresses. Two changes at the same moment are made one after the other, so that neither is lost.
   * @param change returns the new list, or undefined to leave it as it is
   * @param prove returns the proofs that the hosts of all addresses need then. Default: those that there are
   * @returns the list before and after; undefined when it was left as it is
   */
  async changeAddresses(
    clientId: string,
    list: AddressListName,
    change: (current: readonly string[]) => readonly string[] | undefined,
    prove: (known: AddressHolder, after: readonly string[]) => readonly DomainProof[] = ({ domains }) => domains,
  ): Promise<{ before: string[]; after: string[] } | undefined> {
    const column = COLUMN_OF_LIST[list];
    return transaction(this.db, async (trx) => {
      // The write comes first, because it locks the row on every engine.
      await trx.updateTable('environments').set({ updated_at: Date.now() }).where('client_id', '=', clientId).execute();
      const row = await trx
        .selectFrom('environments')
        .select(['origins', 'redirect_uris', 'post_logout_redirect_uris', 'domains'])
        .where('client_id', '=', clientId)
        .executeTakeFirstOrThrow();
      const known = {
        origins: fromJson(row.origins),
        redirectUris: fromJson(row.redirect_uris),
        postLogoutRedirectUris: fromJson(row.post_logout_redirect_uris) ?? [],
        domains: fromJson(row.domains) ?? [],
      };
      const before = known[list];
      const after = change(before);
      if (!after) return undefined;
      const others = ADDRESS_LISTS.filter((other) => other !== list).flatMap((other) => known[other]);
      await trx
        .updateTable('environments')
        .set({ [column]: JSON.stringify(after), domains: domainsColumn(prove(known, [...after, ...others])) })
        .where('client_id', '=', clientId)
        .execute();
      return { before, after: [...after] };
    });
  }

  /** @param uri undefined when the vendor's backend is not to be told any more */
  async setBackchannelLogoutUri(clientId: string, uri: string | undefined): Promise<void> {
    await this.db
      .updateTable('environments')
      .set({ backchannel_logout_uri: uri ?? null, updated_at: Date.now() })
      .where('client_id', '=', clientId)
      .execute();
  }

  /** Changes the proofs of an environment's hosts, one change after the other. */
  async changeDomains(clientId: string, change: (domains: readonly DomainProof[]) => DomainProof[]): Promise<void> {
    await transaction(this.db, async (trx) => {
      await trx.updateTable('environments').set({ updated_at: Date.now() }).where('client_id', '=', clientId).execute();
      const row = await trx
        .selectFrom('environments')
        .select('domains')
        .where('client_id', '=', clientId)
        .executeTakeFirst();
      if (!row) return;
      const domains = domainsColumn(change(fromJson(row.domains) ?? []));
      await trx.updateTable('environments').set({ domains }).where('client_id', '=', clientId).execute();
    });
  }
}

/** The lists of addresses to which browsers are sent. */
const COLUMN_OF_LIST = {
  origins: 'origins',
  redirectUris: 'redirect_uris',
  postLogoutRedirectUris: 'post_logout_redirect_uris',
} as const;
export type AddressListName = keyof typeof COLUMN_OF_LIST;
const ADDRESS_LISTS = Object.keys(COLUMN_OF_LIST) as AddressListName[];

/** All addresses of an environment and what proves their hosts. */
interface AddressHolder extends Readonly<Record<AddressListName, readonly string[]>> {
  domains: readonly DomainProof[];
}

function domainsColumn(domains: readonly DomainProof[]): string | null {
  return domains.length === 0 ? null : JSON.stringify(domains);
}

/** Makes an environment and its credentials within a transaction. */
export async function insertEnvironment(
  trx: Transaction<Tables>,
  appId: string,
  environmentToAdd: NewEnvironment,
): Promise<AppSecrets> {
  const {
    environment,
    origins,
    redirectUris = [],
    postLogoutRedirectUris = [],
    keyName = 'First key',
    domains = [],
  } = environmentToAdd;
  const { signupEndpoint, signupKey, review, backchannelLogoutUri } = environmentToAdd;
  const now = Date.now();
  const realm = realmOf(environment);
  const clientId = randomAlphanumerics(CLIENT_ID_LENGTH);
  const clientSecret = randomAlphanumerics(CLIENT_SECRET_LENGTH);
  await trx
    .insertInto('environments')
    .values({
      client_id: clientId,
      app_id: appId,
      environment,
      realm,
      client_secret_hash: hashSecret(clientSecret),
      origins: JSON.stringify(origins),
      redirect_uris: JSON.stringify(redirectUris),
      post_logout_redirect_uris: postLogoutRedirectUris.length > 0 ? JSON.stringify(postLogoutRedirectUris) : null,
      backchannel_logout_uri: backchannelLogoutUri ?? null,
      signup_endpoint: signupEndpoint ?? null,
      signup_key: signupKey ?? null,
      review: review ?? null,
      reviewed_at: review ? now : null,
      domains: domainsColumn(domains),
      created_at: now,
      updated_at: now,
    })
    .execute();
  const { key } = await insertKey(trx, { client_id: clientId, environment, realm }, { name: keyName }, now);
  return { appId, clientId, clientSecret, apiKey: key };
}

function toEnvironment(row: InferResult<ReturnType<typeof selectEnvironments>>[number]): AppEnvironment {
  const { previous_secret_hash: hash, previous_secret_expires_at: expiresAt } = row;
  const standing = standingOf(row);
  const domains = row.domains === null ? [] : fromJson(row.domains);
  const origins = splitByProof(fromJson(row.origins), domains);
  const redirectUris = splitByProof(fromJson(row.redirect_uris), domains);
  const afterLogout = splitByProof(fromJson(row.post_logout_redirect_uris) ?? [], domains);
  return present<AppEnvironment>({
    appId: row.id,
    clientId: row.client_id,
    clientSecretHash: row.client_secret_hash,
    previousSecret: hash === null || expiresAt === null ? null : { hash, expiresAt: new Date(expiresAt) },
    environment: row.environment,
    realm: row.realm,
    name: row.name,
    kind: row.kind,
    offlineAccess: row.offline_access === 1,
    deviceFlow: row.device_flow === 1,
    requireVerifiedEmail: row.require_verified_email === 1,
    logoUri: row.logo_uri,
    privacyPolicyUri: row.privacy_policy_uri,
    termsUri: row.terms_uri,
    fields: fromJson(row.fields),
    approvedFields: fromJson(row.approved_fields) ?? [],
    credentialLifetimeSeconds: row.credential_lifetime ?? CREDENTIAL_LIFETIME.default,
    idTokenAlg: row.id_token_alg,
    origins: origins.usable,
    redirectUris: redirectUris.usable,
    postLogoutRedirectUris: afterLogout.usable,
    waiting: {
      origins: origins.waiting,
      redirectUris: redirectUris.waiting,
      postLogoutRedirectUris: afterLogout.waiting,
    },
    backchannelLogoutUri: row.backchannel_logout_uri,
    domains,
    disabled: standing !== 'active',
    standing,
    stoppedAt: dateOf(row.stopped_at),
    declinedBecause: standing === 'declined' ? row.review_reason : null,
  });
}
