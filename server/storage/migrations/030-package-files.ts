import type { Kysely } from 'kysely';

/** The npm packages that this installation has served: lock files of vendors name them, with a hash, after it has been upgraded, too. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('package_files')
    .addColumn('file', 'text', (column) => column.primaryKey())
    .addColumn('integrity', 'text', (column) => column.notNull())
    .addColumn('base64', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
}
