import type { Environment, Realm } from '@signup-with-platform/protocol';
import type { InferResult, Kysely, Selectable } from 'kysely';
import { type Standing, standingOf } from './app-standing.ts';
import { dateOf, fromJson } from './columns.ts';
import { hashSecret, randomAlphanumerics, randomId } from './ids.ts';
import { PreparedQuery } from './prepared-query.ts';
import { present } from './present.ts';
import { Repository } from './repository.ts';
import type { ApiKeyRow, EnvironmentRow, Tables } from './tables.ts';
import { transaction } from './transaction.ts';
import { noteAppEvent } from './webhook-events.ts';

/** What a key opens. */
export interface ApiKeyAccess {
  keyId: string;
  /** The first characters of the key. */
  keyPrefix: string;
  clientId: string;
  appId: string;
  environment: Environment;
  realm: Realm;
  readOnly: boolean;
  /** CIDR ranges; undefined is everywhere. */
  addressRanges?: string[];
  lastUsedAt?: Date;
  /** Of the operator's own fields that need it, those that the operator has approved for the app. */
  approvedFields: string[];
  /** Of the environment that the key belongs to. */
  standing: Standing;
  /** Present when the key does not work any more: it has expired, or another key has replaced it and its grace time is over. */
  ended?: 'expired' | 'replaced';
}

export interface NewApiKey {
  name: string;
  /** Default: false, the key may write too. */
  readOnly?: boolean;
  /** CIDR ranges or single addresses; default: everywhere. */
  addressRanges?: readonly string[];
  /** Default: never. */
  expiresAt?: Date;
}

/** A key as its owners see it: never the key itself. */
export interface ApiKey {
  id: string;
  clientId: string;
  name: string;
  /** Its first characters. */
  prefix: string;
  readOnly: boolean;
  addressRanges?: string[];
  createdAt: Date;
  /** To the minute. */
  lastUsedAt?: Date;
  expiresAt?: Date;
  /** When another key replaced it. */
  replacedAt?: Date;
}

/** A new key, the only time that the key itself is known. */
export interface CreatedApiKey extends ApiKey {
  /** To be shown once. */
  key: string;
}

/** Thrown when an environment has as many working keys as it may have. */
export class TooManyKeysError extends Error {
  override name = 'TooManyKeysError';
}

/** How many working keys an environment may have. Bounds the page that lists them. */
export const MAX_KEYS = 25;

const KEY_LENGTH = 32;
/** How many characters of a key its prefix shows after `sk_live_`. */
const SHOWN_LENGTH = 4;
/** How long an expired key stays in the list, so that developers can see why a backend stopped working. */
const REMEMBERED_MS = 30 * 24 * 60 * 60 * 1000;

function selectAccess(db: Kysely<Tables>, keyHash: string) {
  return db
    .selectFrom('api_keys')
    .innerJoin('environments', 'environments.client_id', 'api_keys.client_id')
    .innerJoin('apps', 'apps.id', 'environments.app_id')
    .select(['environments.client_id', 'environments.app_id', 'environments.environment', 'environments.realm'])
    .select(['api_keys.id', 'api_keys.prefix', 'api_keys.read_only', 'api_keys.address_ranges', 'api_keys.expires_at'])
    .select(['api_keys.last_used_at', 'api_keys.replaced_at'])
    .select(['apps.disabled_at', 'apps.suspended_at', 'apps.approved_fields', 'environments.review'])
    .where('api_keys.key_hash', '=', keyHash);
}

const FIND = new PreparedQuery(
  (db, parameter: (name: 'keyHash') => string) => selectAccess(db, parameter('keyHash')),
  toAccess,
);

/** Secret keys of environments. Only hashes are stored, and a key is found by its hash, so that response times tell nothing about keys. */
export class ApiKeyRepository extends Repository {
  /** @throws TooManyKeysError, and when there is no such environment */
  async create(clientId: string, key: NewApiKey): Promise<CreatedApiKey> {
    return transaction(this.db, async (db) => {
      const now = Date.now();
      const environment = await lockEnvironment(db, clientId);
      if (!environment) throw new Error('there is no such environment');
      await makeRoom(db, clientId, now);
      return insertKey(db, environment, key, now);
    });
  }

  /**
   * Makes a key with the same name, rights, ranges and lifetime, counted from now. The old key works for `graceMs` longer, unless it
   * expires before.
   * @returns undefined when the environment has no such key, or the key has been replaced or has expired
   * @throws TooManyKeysError when the environment would have more than {@link MAX_KEYS} working keys during the grace time
   */
  async replace(clientId: string, id: string, graceMs: number): Promise<CreatedApiKey | undefined> {
    return transaction(this.db, async (db) => {
      const now = Date.now();
      const environment = await lockEnvironment(db, clientId);
      if (!environment) return undefined;
      const old = await db
        .selectFrom('api_keys')
        .selectAll()
        .where('client_id', '=', clientId)
        .where('id', '=', id)
        .where('replaced_at', 'is', null)
        .where(({ eb, or }) => or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
        .executeTakeFirst();
      if (!old) return undefined;
      const end = now + graceMs;
      await db
        .updateTable('api_keys')
        .set({ replaced_at: now, expires_at: old.expires_at === null ? end : Math.min(end, old.expires_at) })
        .where('id', '=', id)
        .execute();
      await makeRoom(db, clientId, now);
      await noteAppEvent(db, { clientId }, { type: 'key.rotated', changed: ['api_key'] });
      const { name, readOnly, addressRanges } = toApiKey(old);
      return insertKey(
        db,
        environment,
        present<NewApiKey>({
          name,
          readOnly,
          addressRanges,
          expiresAt: old.expires_at === null ? null : new Date(now + old.expires_at - old.created_at),
        }),
        now,
      );
    });
  }

  /** Deletes a key, so that it stops working at once. @returns the key; undefined when the environment has no such key */
  async revoke(clientId: string, id: string): Promise<ApiKey | undefined> {
    const row = await this.db
      .deleteFrom('api_keys')
      .where('client_id', '=', clientId)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst();
    return row && toApiKey(row);
  }

  /** What a presented key gives access to; undefined when it does not work. */
  async find(key: string): Promise<ApiKeyAccess | undefined> {
    const access = await this.findAnyTime(key);
    return access?.ended ? undefined : access;
  }

  /** Like {@link find}, but also finds keys that no longer work: see {@link ApiKeyAccess.ended}. */
  async findAnyTime(key: string): Promise<ApiKeyAccess | undefined> {
    const found = await FIND.executeTakeFirst(this.db, { keyHash: hashSecret(key) });
    if (!found) return undefined;
    const { access, expiresAt, howItEnds } = found;
    return expiresAt > Date.now() ? access : { ...access, ended: howItEnds };
  }

  /** An environment's keys, those that no longer work among them, newest first. */
  async list(clientId: string): Promise<ApiKey[]> {
    const rows = await this.db
      .selectFrom('api_keys')
      .selectAll()
      .where('client_id', '=', clientId)
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .execute();
    return rows.map(toApiKey);
  }

  async findOf(clientId: string, id: string): Promise<ApiKey | undefined> {
    const row = await this.db
      .selectFrom('api_keys')
      .selectAll()
      .where('client_id', '=', clientId)
      .where('id', '=', id)
      .executeTakeFirst();
    return row && toApiKey(row);
  }

  /** Keys of any environment, by id or by prefix; several keys may have the same prefix. */
  async findByIdOrPrefix(idOrPrefix: string): Promise<ApiKey[]> {
    const rows = await this.db
      .selectFrom('api_keys')
      .selectAll()
      .where(({ eb, or }) => or([eb('id', '=', idOrPrefix), eb('prefix', '=', idOrPrefix)]))
      .orderBy('created_at', 'desc')
      .execute();
    return rows.map(toApiKey);
  }

  async markUsed(ids: readonly string[], at: Date): Promise<void> {
    await this.db.updateTable('api_keys').set({ last_used_at: at.getTime() }).where('id', 'in', ids).execute();
  }
}

/** What a key opens while it works, and when and how that ends, in milliseconds since 1970. */
function toAccess(row: InferResult<ReturnType<typeof selectAccess>>[number]) {
  const access = present<ApiKeyAccess>({
    keyId: row.id,
    keyPrefix: row.prefix,
    clientId: row.client_id,
    appId: row.app_id,
    environment: row.environment,
    realm: row.realm,
    readOnly: row.read_only !== null,
    addressRanges: fromJson(row.address_ranges),
    approvedFields: fromJson(row.approved_fields) ?? [],
    lastUsedAt: dateOf(row.last_used_at),
    standing: standingOf(row),
    ended: null,
  });
  const howItEnds = row.replaced_at === null ? ('expired' as const) : ('replaced' as const);
  return { access, expiresAt: row.expires_at ?? Number.POSITIVE_INFINITY, howItEnds };
}

type LockedEnvironment = Pick<EnvironmentRow, 'client_id' | 'environment' | 'realm'>;

/** Makes one environment's keys be created one after the other, so that they can be counted: the first write locks the row. */
async function lockEnvironment(db: Kysely<Tables>, clientId: string): Promise<LockedEnvironment | undefined> {
  return db
    .updateTable('environments')
    .set(({ ref }) => ({ updated_at: ref('updated_at') }))
    .where('client_id', '=', clientId)
    .returning(['client_id', 'environment', 'realm'])
    .executeTakeFirst();
}

/** Deletes keys that expired long ago. @throws TooManyKeysError when the environment has {@link MAX_KEYS} working keys */
async function makeRoom(db: Kysely<Tables>, clientId: string, now: number): Promise<void> {
  await db
    .deleteFrom('api_keys')
    .where('client_id', '=', clientId)
    .where('expires_at', '<', now - REMEMBERED_MS)
    .execute();
  const working = await db
    .selectFrom('api_keys')
    .select('id')
    .where('client_id', '=', clientId)
    .where(({ eb, or }) => or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .execute();
  if (working.length >= MAX_KEYS) throw new TooManyKeysError('the environment has enough keys');
}

/** Makes a key within a transaction. */
export async function insertKey(
  db: Kysely<Tables>,
  { client_id, environment, realm }: LockedEnvironment,
  { name, readOnly, addressRanges, expiresAt }: NewApiKey,
  now: number,
): Promise<CreatedApiKey> {
  const kind = environment === 'production' ? 'sk_live_' : 'sk_test_';
  const key = `${kind}${randomAlphanumerics(KEY_LENGTH)}`;
  const row: Selectable<ApiKeyRow> = {
    id: randomId(),
    client_id,
    realm,
    key_hash: hashSecret(key),
    prefix: key.slice(0, kind.length + SHOWN_LENGTH),
    name,
    expires_at: expiresAt?.getTime() ?? null,
    created_at: now,
    read_only: readOnly ? 1 : null,
    address_ranges: addressRanges?.length ? JSON.stringify(addressRanges) : null,
    last_used_at: null,
    replaced_at: null,
  };
  await db.insertInto('api_keys').values(row).execute();
  return { ...toApiKey(row), key };
}

function toApiKey(row: Selectable<ApiKeyRow>): ApiKey {
  return present<ApiKey>({
    id: row.id,
    clientId: row.client_id,
    name: row.name,
    prefix: row.prefix,
    readOnly: row.read_only !== null,
    addressRanges: fromJson(row.address_ranges),
    createdAt: new Date(row.created_at),
    lastUsedAt: dateOf(row.last_used_at),
    expiresAt: dateOf(row.expires_at),
    replacedAt: dateOf(row.replaced_at),
  });
}
