import type { Environment, Realm } from '@signup-with-platform/protocol';
import type { Kysely } from 'kysely';
import { hashSecret, randomAlphanumerics, randomId } from './ids.ts';
import { PreparedQuery } from './prepared-query.ts';
import type { Tables } from './tables.ts';

/** What a key opens. */
export interface ApiKeyAccess {
  clientId: string;
  appId: string;
  environment: Environment;
  realm: Realm;
  readOnly: boolean;
  /** CIDR ranges; undefined is everywhere. */
  addressRanges?: string[];
  appDisabled: boolean;
}

export interface NewApiKey {
  name: string;
  /** Default: it may write too. */
  readOnly?: boolean;
  /** CIDR ranges or single addresses; default: everywhere. */
  addressRanges?: readonly string[];
}

const KEY_LENGTH = 32;

const FIND = new PreparedQuery((db, parameter: (name: 'keyHash') => string) =>
  db
    .selectFrom('api_keys')
    .innerJoin('environments', 'environments.client_id', 'api_keys.client_id')
    .innerJoin('apps', 'apps.id', 'environments.app_id')
    .select(['environments.client_id', 'environments.app_id', 'environments.environment', 'environments.realm'])
    .select(['api_keys.read_only', 'api_keys.address_ranges', 'api_keys.expires_at', 'apps.disabled_at'])
    .where('api_keys.key_hash', '=', parameter('keyHash')),
);

/** Secret keys of environments, found by what is presented; only hashes are kept, so looking one up takes the same time whoever asks. */
export class ApiKeyRepository {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** @returns the key, to be shown once. @throws when there is no such environment */
  async create(clientId: string, { name, readOnly, addressRanges }: NewApiKey): Promise<string> {
    const { environment, realm } = await this.#db
      .selectFrom('environments')
      .select(['environment', 'realm'])
      .where('client_id', '=', clientId)
      .executeTakeFirstOrThrow();
    const kind = environment === 'production' ? 'sk_live_' : 'sk_test_';
    const key = `${kind}${randomAlphanumerics(KEY_LENGTH)}`;
    await this.#db
      .insertInto('api_keys')
      .values({
        id: randomId(),
        client_id: clientId,
        realm,
        key_hash: hashSecret(key),
        prefix: key.slice(0, kind.length + 4),
        name,
        expires_at: null,
        created_at: Date.now(),
        read_only: readOnly ? 1 : null,
        address_ranges: addressRanges ? JSON.stringify(addressRanges) : null,
      })
      .execute();
    return key;
  }

  async find(key: string): Promise<ApiKeyAccess | undefined> {
    const row = await FIND.executeTakeFirst(this.#db, { keyHash: hashSecret(key) });
    if (!row || (row.expires_at !== null && row.expires_at <= Date.now())) return undefined;
    return {
      clientId: row.client_id,
      appId: row.app_id,
      environment: row.environment,
      realm: row.realm,
      readOnly: row.read_only !== null,
      ...(row.address_ranges !== null && { addressRanges: JSON.parse(row.address_ranges) as string[] }),
      appDisabled: row.disabled_at !== null,
    };
  }
}
