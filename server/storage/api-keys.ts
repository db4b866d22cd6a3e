import type { Environment, Realm } from '@signup-with-platform/protocol';
import type { Kysely } from 'kysely';
import { hashSecret } from './ids.ts';
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
