import { type Kysely, sql } from 'kysely';
import { AuditLog } from './audit-log.ts';
import { dateOf } from './columns.ts';
import { markAppDeleted } from './erase-app.ts';
import { present } from './present.ts';
import { Repository } from './repository.ts';
import type { Tables } from './tables.ts';
import { transaction } from './transaction.ts';

/** How many apps a key may have at a time. Bounds the list of them, and what a key can do that is lost. */
export const MAX_APPS_OF_KEY = 200;
/** Apps that end in one go of the sweeper. The next one goes on. */
const MAX_ENDED_AT_ONCE = 100;

/** Thrown when a key has {@link MAX_APPS_OF_KEY} apps. */
export class TooManyAppsError extends Error {
  override name = 'TooManyAppsError';
}

export interface ManagedApp {
  appId: string;
  /** When the app is deleted. */
  expiresAt?: Date;
}

/** Apps of the sandbox that keys of the management API have made. One that has come to production since is its owner's alone. */
export class ManagedAppRepository extends Repository {
  /** Says whose a new app is, in the transaction that makes it. @throws TooManyAppsError */
  async add(keyId: string, { appId, expiresAt }: ManagedApp): Promise<void> {
    // Locks the key, so that of two apps at once each counts the other.
    await this.db
      .updateTable('management_keys')
      .set(({ ref }) => ({ name: ref('name') }))
      .where('id', '=', keyId)
      .execute();
    const { count } = await this.db
      .selectFrom('managed_apps')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('key_id', '=', keyId)
      .executeTakeFirstOrThrow();
    if (Number(count) >= MAX_APPS_OF_KEY) throw new TooManyAppsError('the key has enough apps');
    const row = { app_id: appId, key_id: keyId, expires_at: expiresAt?.getTime() ?? null, created_at: Date.now() };
    await this.db.insertInto('managed_apps').values(row).execute();
  }

  /** @returns undefined when the key has no such app */
  async find(keyId: string, appId: string): Promise<ManagedApp | undefined> {
    if (appId.includes('\0')) return undefined;
    const row = await this.#select(keyId).where('app_id', '=', appId).executeTakeFirst();
    return row && present<ManagedApp>({ appId: row.app_id, expiresAt: dateOf(row.expires_at) });
  }

  /** All apps of a key, newest first. */
  async list(keyId: string): Promise<ManagedApp[]> {
    const rows = await this.#select(keyId)
      .orderBy('created_at', 'desc')
      .orderBy('app_id', 'desc')
      .limit(MAX_APPS_OF_KEY)
      .execute();
    return rows.map((row) => present<ManagedApp>({ appId: row.app_id, expiresAt: dateOf(row.expires_at) }));
  }

  #select(keyId: string) {
    return this.db
      .selectFrom('managed_apps')
      .select(['app_id', 'expires_at'])
      .where('key_id', '=', keyId)
      .where(isOfSandbox);
  }
}

/** Marks apps as deleted whose time is over. */
export async function endExpiredApps(db: Kysely<Tables>, now: number): Promise<void> {
  const expired = await db
    .selectFrom('managed_apps')
    .select(['app_id'])
    .where('expires_at', '<=', now)
    .where(isOfSandbox)
    .orderBy('expires_at')
    .limit(MAX_ENDED_AT_ONCE)
    .execute();
  for (const { app_id: appId } of expired)
    await transaction(db, async (trx) => {
      if (!(await markAppDeleted(trx, appId))) return;
      await new AuditLog(trx).append({ realm: null, act: 'app.deleted', actor: 'system', subject: `app:${appId}` });
    });
}

/** By a comparison, because PostgreSQL would make a join of `not exists`, and begin it with the environments of all apps. */
const isOfSandbox = sql<boolean>`(select count(*) from environments
  where environments.app_id = managed_apps.app_id and environments.realm = 'production') = 0`;
