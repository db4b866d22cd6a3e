import type { Kysely } from 'kysely';

/** The versions of the element's script that this platform has served, which were in a folder of each server before. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('widget_versions')
    .addColumn('version', 'text', (column) => column.primaryKey())
    .addColumn('served_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('widget_files')
    .addColumn('version', 'text', (column) =>
      column.notNull().references('widget_versions.version').onDelete('cascade'),
    )
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('brotli_base64', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('widget_files_id', ['version', 'name'])
    .execute();
}
