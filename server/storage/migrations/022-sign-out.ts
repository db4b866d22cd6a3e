import type { Kysely } from 'kysely';

/**
 * Sign-out that reaches the vendors: where an environment lets people return to, where its backend is told, which clients have received
 * tokens in a session, and the queue of what waits to be delivered to backends.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('environments').addColumn('post_logout_redirect_uris', 'text').execute();
  await db.schema.alterTable('environments').addColumn('backchannel_logout_uri', 'text').execute();

  await db.schema
    .createTable('session_clients')
    .addColumn('session_uid', 'text', (column) => column.notNull())
    .addColumn('client_id', 'text', (column) => column.notNull())
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('session_clients_id', ['session_uid', 'client_id'])
    .execute();
  await db.schema.createIndex('session_clients_client').on('session_clients').column('client_id').execute();
  await db.schema.createIndex('session_clients_age').on('session_clients').column('created_at').execute();

  await db.schema
    .createTable('jobs')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('client_id', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text')
    .addColumn('payload', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('due_at', 'bigint')
    .addColumn('failure', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('jobs_due').on('jobs').columns(['kind', 'due_at']).execute();
  await db.schema.createIndex('jobs_client').on('jobs').columns(['client_id', 'due_at']).execute();
  await db.schema.createIndex('jobs_user').on('jobs').column('user_id').execute();
  await db.schema.createIndex('jobs_age').on('jobs').column('created_at').execute();
}
