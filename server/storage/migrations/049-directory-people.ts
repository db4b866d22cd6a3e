import type { Kysely } from 'kysely';

/** What a live directory has last said about the people here, and as whom it knows them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('directory_people')
    .addColumn('account_id', 'text', (column) => column.primaryKey().references('accounts.id').onDelete('cascade'))
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('person_key', 'text')
    .addColumn('person_digest', 'text')
    .addColumn('password_hash', 'text')
    .addColumn('confirmed_at', 'bigint', (column) => column.notNull())
    .addColumn('refused_at', 'bigint')
    .execute();
  await db.schema
    .createIndex('directory_people_key')
    .on('directory_people')
    .columns(['realm', 'person_key'])
    .unique()
    .execute();
}
