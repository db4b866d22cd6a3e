import type { Kysely } from 'kysely';

/** People whom an operator brings from another system, and from which file each came. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('imports')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('created', 'bigint', (column) => column.notNull())
    .addColumn('updated', 'bigint', (column) => column.notNull())
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .addColumn('finished_at', 'bigint')
    .execute();
  await db.schema.createIndex('imports_started').on('imports').columns(['realm', 'started_at']).execute();
  await db.schema.createIndex('imports_source').on('imports').columns(['realm', 'source', 'started_at']).execute();
  await db.schema
    .createTable('imported_accounts')
    .addColumn('account_id', 'text', (column) => column.primaryKey().references('accounts.id').onDelete('cascade'))
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('row_key', 'text', (column) => column.notNull())
    .addColumn('row_digest', 'text', (column) => column.notNull())
    .addColumn('verified_phone_number', 'text')
    .addColumn('created_by', 'text', (column) => column.notNull().references('imports.id'))
    .execute();
  await db.schema
    .createIndex('imported_accounts_key')
    .on('imported_accounts')
    .columns(['realm', 'row_key'])
    .unique()
    .execute();
  await db.schema
    .createIndex('imported_accounts_created_by')
    .on('imported_accounts')
    .columns(['created_by', 'account_id'])
    .execute();
}
