import { type Kysely, sql } from 'kysely';

/** Tokens of single runs of the doctor, which were among the installation's own secrets before, told apart by their names. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('diagnostic_tokens')
    .addColumn('token_hash', 'text', (column) => column.primaryKey())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('diagnostic_tokens_expiry').on('diagnostic_tokens').column('expires_at').execute();
  await sql`delete from secrets where name like 'diagnostics %'`.execute(db);
}
