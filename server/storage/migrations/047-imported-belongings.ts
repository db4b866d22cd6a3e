import type { Kysely } from 'kysely';

/** What an import has brought of each person, so that what they have changed or removed here stays so; and whom they have erased. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['told', 'brought', 'updated_by'])
    await db.schema.alterTable('imported_accounts').addColumn(column, 'text').execute();
  for (const column of ['brought_at', 'last_seen_at'])
    await db.schema.alterTable('imported_accounts').addColumn(column, 'bigint').execute();
  await db.schema.alterTable('passkeys').addColumn('user_handle', 'text').execute();
  await db.schema
    .createTable('import_tombstones')
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('key_hash', 'text', (column) => column.notNull())
    .addColumn('erased_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('import_tombstones_key', ['realm', 'key_hash'])
    .execute();
  await db.schema.createIndex('import_tombstones_erased').on('import_tombstones').column('erased_at').execute();
}
