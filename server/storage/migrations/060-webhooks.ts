import type { Kysely } from 'kysely';

/** Where vendors are told of what happens, how that goes, and how many events each user has had. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('webhooks')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('client_id', 'text', (column) => column.notNull())
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('events', 'text')
    .addColumn('secret', 'text', (column) => column.notNull())
    .addColumn('previous_secret', 'text')
    .addColumn('previous_secret_ends_at', 'bigint')
    .addColumn('failures', 'bigint', (column) => column.notNull())
    .addColumn('failing_since', 'bigint')
    .addColumn('paused_until', 'bigint')
    .addColumn('warned_at', 'bigint')
    .addColumn('disabled_at', 'bigint')
    .addColumn('disabled_because', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addForeignKeyConstraint(
      'webhooks_environment',
      ['client_id', 'realm'],
      'environments',
      ['client_id', 'realm'],
      (constraint) => constraint.onDelete('cascade'),
    )
    .execute();
  await db.schema.createIndex('webhooks_client').on('webhooks').columns(['client_id', 'created_at']).execute();
  await db.schema.createIndex('webhooks_realm').on('webhooks').columns(['realm', 'id']).execute();
  await db.schema.createIndex('webhooks_failing').on('webhooks').column('failing_since').execute();
  await db.schema
    .alterTable('users')
    .addColumn('event_sequence', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
}
