import type { Kysely } from 'kysely';

/** Where a deleted user stood in the list of its environment, so that whoever pages through the list can go on from there. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('list_positions')
    .addColumn('id_hash', 'text', (column) => column.primaryKey())
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('client_id', 'text', (column) =>
      column.notNull().references('environments.client_id').onDelete('cascade'),
    )
    .addColumn('user_created_at', 'bigint', (column) => column.notNull())
    .addColumn('deleted_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('list_positions_age').on('list_positions').column('deleted_at').execute();
}
