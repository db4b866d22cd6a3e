import type { Kysely } from 'kysely';

/** Answers to forms that may be sent twice; and the user whom a kept answer of the user API tells of, so that the answer goes with the user. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('submissions')
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('key_hash', 'text', (column) => column.notNull())
    .addColumn('answer', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('submissions_id', ['realm', 'key_hash'])
    .execute();
  await db.schema.createIndex('submissions_expiry').on('submissions').column('expires_at').execute();

  await db.schema
    .alterTable('idempotency_keys')
    .addColumn('user_id', 'text', (column) => column.references('users.id').onDelete('cascade'))
    .execute();
  await db.schema.createIndex('idempotency_keys_user').on('idempotency_keys').column('user_id').execute();
}
