import type { Environment, Realm } from '@signup-with-platform/protocol';
import type { Kysely, Selectable } from 'kysely';
import { dateOf, fromJson } from './columns.ts';
import { hashSecret, randomAlphanumerics, randomId } from './ids.ts';
import { PreparedQuery } from './prepared-query.ts';
import { present } from './present.ts';
import { Repository } from './repository.ts';
import type { ApiKeyRow, EnvironmentRow, Tables } from './tables.ts';
import { transaction } from './transaction.ts';

/** What a key opens. */
export interface ApiKeyAccess {
  keyId: string;
  /** Its first characters. */
  keyPrefix: string;
  clientId: string;
  appId: string;
  environment: Environment;
  realm: Realm;
  readOnly: boolean;
  /** CIDR ranges; undefined is everywhere. */
  addressRanges?: string[];
  lastUsedAt?: Date;
  appDisabled: boolean;
  /** The key opens nothing any more: its time is over, or that of the key that took its place has begun. */
  ended?: 'expired' | 'replaced';
}

export interface NewApiKey {
  name: string;
  /** Default: it may write too. */
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
  /** When another took its place. */
  replacedAt?: Date;
}

/** A key at the one moment when it is known. */
export interface CreatedApiKey extends ApiKey {
  /** To be shown once. */
  key: string;
}

/** Thrown when an environment has as many working keys as it may have. */
export class TooManyKeysError extends Error {
  override name = 'TooManyKeysError';
}

/** Of one environment, working at the same time. Bounds the page that lists them. */
export const MAX_KEYS = 25;

const KEY_LENGTH = 32;
/** Of a prefix, after `sk_live_`. */
const SHOWN_LENGTH = 4;
/** An expired key stays in the list for so long, for who wonders why something stopped working. */
const REMEMBERED_MS = 30 * 24 * 60 * 60 * 1000;

const FIND = new PreparedQuery((db, parameter: (name: 'keyHash') => string) =>
  db
    .selectFrom('api_keys')
    .innerJoin('environments', 'environments.client_id', 'api_keys.client_id')
    .innerJoin('apps', 'apps.id', 'environments.app_id')
    .select(['environments.client_id', 'environments.app_id', 'environments.environment', 'environments.realm'])
    .select(['api_keys.id', 'api_keys.prefix', 'api_keys.read_only', 'api_keys.address_ranges', 'api_keys.expires_at'])
    .select(['api_keys.last_used_at', 'api_keys.replaced_at', 'apps.disabled_at'])
    .where('api_keys.key_hash', '=', parameter('keyHash')),
);

/** Secret keys of environments, found by what is presented; only hashes are kept, so looking one up takes the same time whoever asks. */
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
   * Makes a key of the same name, rights and ranges, which lives as long from now as the old one was to live; the old one works for
   * `graceMs` longer, unless it was to expire before.
   * @returns undefined when the environment has no such key, or it has been replaced or has expired
   * @throws TooManyKeysError when the old one would be one too many beside the new one
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

  /** From now on the key opens nothing. @returns what it was; undefined when the environment has no such key */
  async revoke(clientId: string, id: string): Promise<ApiKey | undefined> {
    const row = await this.db
      .deleteFrom('api_keys')
      .where('client_id', '=', clientId)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst();
    return row && toApiKey(row);
  }

  /** Who presents a key that works. */
  async find(key: string): Promise<ApiKeyAccess | undefined> {
    const access = await this.findAnyTime(key);
    return access?.ended ? undefined : access;
  }

  /** Who presents a key that works, or did until its time was over: see {@link ApiKeyAccess.ended}. */
  async findAnyTime(key: string): Promise<ApiKeyAccess | undefined> {
    const row = await FIND.executeTakeFirst(this.db, { keyHash: hashSecret(key) });
    if (!row) return undefined;
    const hasEnded = row.expires_at !== null && row.expires_at <= Date.now();
    return present<ApiKeyAccess>({
      keyId: row.id,
      keyPrefix: row.prefix,
      clientId: row.client_id,
      appId: row.app_id,
      environment: row.environment,
      realm: row.realm,
      readOnly: row.read_only !== null,
      addressRanges: fromJson(row.address_ranges),
      lastUsedAt: dateOf(row.last_used_at),
      appDisabled: row.disabled_at !== null,
      ended: hasEnded ? (row.replaced_at === null ? 'expired' : 'replaced') : null,
    });
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

  /** Of whichever environment, by id or by the first characters, of which several keys may have the same. */
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

type LockedEnvironment = Pick<EnvironmentRow, 'client_id' | 'environment' | 'realm'>;

/** Keys of one environment are made one after the other, so that they can be counted: the first write takes the row's lock. */
async function lockEnvironment(db: Kysely<Tables>, clientId: string): Promise<LockedEnvironment | undefined> {
  return db
    .updateTable('environments')
    .set(({ ref }) => ({ updated_at: ref('updated_at') }))
    .where('client_id', '=', clientId)
    .returning(['client_id', 'environment', 'realm'])
    .executeTakeFirst();
}

/** Forgets keys that expired long ago. @throws TooManyKeysError when there is no room for one more */
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
