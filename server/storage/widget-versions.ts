import type { Transaction } from 'kysely';
import { Repository } from './repository.ts';
import type { Tables } from './tables.ts';
import { transaction } from './transaction.ts';

/** How many versions are kept. A page that names a version keeps working until that many newer ones were served. */
export const KEPT_VERSIONS = 50;

/** Other texts are not looked up, because PostgreSQL refuses some of them, such as those with a NUL. */
const VERSION = /^[0-9a-f]{16}$/;
const NAME = /^[\w.-]{1,100}$/;

/** The files of a version, compressed by Brotli, by name. */
export type WidgetVersionFiles = ReadonlyMap<string, Buffer>;

/**
 * The versions of the element's script that were served, because pages name a version, with its integrity hash, after the platform has been
 * updated. They are in the database, so that every server has those that any has served.
 */
export class WidgetVersionRepository extends Repository {
  /** Marks a version as served. @returns false when it is not kept yet */
  async touch(version: string, servedAt = new Date()): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('widget_versions')
      .set({ served_at: servedAt.getTime() })
      .where('version', '=', version)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** Keeps a version, unless it is kept already, and forgets the oldest beyond {@link KEPT_VERSIONS}. */
  async keep(version: string, files: WidgetVersionFiles, servedAt = new Date()): Promise<void> {
    await transaction(this.db, async (trx) => {
      const { numInsertedOrUpdatedRows = 0n } = await trx
        .insertInto('widget_versions')
        .values({ version, served_at: servedAt.getTime() })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      if (numInsertedOrUpdatedRows === 0n) return;
      const rows = [...files].map(([name, bytes]) => ({ version, name, brotli_base64: bytes.toString('base64') }));
      if (rows.length > 0) await trx.insertInto('widget_files').values(rows).execute();
      await forgetOldest(trx);
    });
  }

  /** @returns a file of a version, compressed by Brotli */
  async file(version: string, name: string): Promise<Buffer | undefined> {
    if (!VERSION.test(version) || !NAME.test(name)) return undefined;
    const row = await this.db
      .selectFrom('widget_files')
      .select('brotli_base64')
      .where('version', '=', version)
      .where('name', '=', name)
      .executeTakeFirst();
    return row && Buffer.from(row.brotli_base64, 'base64');
  }
}

async function forgetOldest(trx: Transaction<Tables>): Promise<void> {
  const newest = await trx
    .selectFrom('widget_versions')
    .select('version')
    .orderBy('served_at', 'desc')
    .orderBy('version')
    .limit(KEPT_VERSIONS)
    .execute();
  const kept = newest.map(({ version }) => version);
  await trx.deleteFrom('widget_versions').where('version', 'not in', kept).execute();
}
