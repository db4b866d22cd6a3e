import type { Realm } from '@signup-with-platform/protocol';
import type { Selectable } from 'kysely';
import { dateOf, fromJson } from './columns.ts';
import { hashSecret, randomAlphanumerics, randomId, secretMatches } from './ids.ts';
import { present } from './present.ts';
import { Repository } from './repository.ts';
import type { ManagementKeyRow, ManagementScope } from './tables.ts';

export type { ManagementScope } from './tables.ts';

/** What a key may be allowed, in the order in which it is shown. */
export const MANAGEMENT_SCOPES = [
  'accounts:read',
  'accounts:write',
  'accounts:delete',
  'accounts:export',
  'imports:write',
  'apps:write',
] as const satisfies readonly ManagementScope[];

/** A key of the operator's own backend, never the key itself. */
export interface ManagementKey {
  id: string;
  /** All that it reaches. */
  realm: Realm;
  name: string;
  /** Its first characters. */
  prefix: string;
  scopes: ManagementScope[];
  /** CIDR ranges; undefined is everywhere. */
  addressRanges?: string[];
  createdAt: Date;
  /** To the minute. */
  lastUsedAt?: Date;
  expiresAt?: Date;
  revokedAt?: Date;
}

export interface NewManagementKey extends Pick<ManagementKey, 'realm' | 'name' | 'scopes' | 'expiresAt'> {
  addressRanges?: readonly string[];
}

/** How many keys are listed, newest first. */
const MAX_LISTED = 200;
const KEY_LENGTH = 40;
/** How many characters of a key its prefix shows after `mk_live_`. */
const SHOWN_LENGTH = 4;
const MINUTE_MS = 60 * 1000;

/** Keys of the management API. Only hashes are stored, and a key is found by its hash, so that response times tell nothing about keys. */
export class ManagementKeyRepository extends Repository {
  /** @returns the key itself, too: the only time that it is known */
  async create({
    realm,
    name,
    scopes,
    addressRanges,
    expiresAt,
  }: NewManagementKey): Promise<ManagementKey & { key: string }> {
    const kind = realm === 'production' ? 'mk_live_' : 'mk_test_';
    const key = `${kind}${randomAlphanumerics(KEY_LENGTH)}`;
    const row: ManagementKeyRow = {
      id: randomId(),
      realm,
      key_hash: hashSecret(key),
      prefix: key.slice(0, kind.length + SHOWN_LENGTH),
      name,
      scopes: JSON.stringify(MANAGEMENT_SCOPES.filter((scope) => scopes.includes(scope))),
      address_ranges: addressRanges?.length ? JSON.stringify(addressRanges) : null,
      expires_at: expiresAt?.getTime() ?? null,
      created_at: Date.now(),
      last_used_at: null,
      revoked_at: null,
    };
    await this.db.insertInto('management_keys').values(row).execute();
    return { ...toKey(row), key };
  }

  /** The key that was presented, whether it still works or not: see {@link hasEnded}. */
  async find(key: string): Promise<ManagementKey | undefined> {
    const row = await this.db
      .selectFrom('management_keys')
      .selectAll()
      .where('key_hash', '=', hashSecret(key))
      .executeTakeFirst();
    return row && secretMatches(key, row.key_hash) ? toKey(row) : undefined;
  }

  /** The latest, those that no longer work among them, newest first. */
  async list(): Promise<ManagementKey[]> {
    const rows = await this.db
      .selectFrom('management_keys')
      .selectAll()
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .limit(MAX_LISTED)
      .execute();
    return rows.map(toKey);
  }

  /** Ends a key at once. @returns the key; undefined when there is none that works */
  async revoke(id: string): Promise<ManagementKey | undefined> {
    const row = await this.db
      .updateTable('management_keys')
      .set({ revoked_at: Date.now() })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .returningAll()
      .executeTakeFirst();
    return row && toKey(row);
  }

  /** Notes that a key is used, at most once a minute. @param key as read for this request */
  async noteUse({ id, lastUsedAt }: Pick<ManagementKey, 'id' | 'lastUsedAt'>, now = Date.now()): Promise<void> {
    if (lastUsedAt && now - lastUsedAt.getTime() < MINUTE_MS) return;
    await this.db.updateTable('management_keys').set({ last_used_at: now }).where('id', '=', id).execute();
  }
}

/** Whether a key does not work any more, and why. @param now milliseconds since the epoch */
export function hasEnded(
  { revokedAt, expiresAt }: Pick<ManagementKey, 'revokedAt' | 'expiresAt'>,
  now = Date.now(),
): 'revoked' | 'expired' | undefined {
  if (revokedAt) return 'revoked';
  return expiresAt && expiresAt.getTime() <= now ? 'expired' : undefined;
}

function toKey(row: Selectable<ManagementKeyRow>): ManagementKey {
  return present<ManagementKey>({
    id: row.id,
    realm: row.realm,
    name: row.name,
    prefix: row.prefix,
    scopes: fromJson(row.scopes) ?? [],
    addressRanges: fromJson(row.address_ranges),
    createdAt: new Date(row.created_at),
    lastUsedAt: dateOf(row.last_used_at),
    expiresAt: dateOf(row.expires_at),
    revokedAt: dateOf(row.revoked_at),
  });
}
