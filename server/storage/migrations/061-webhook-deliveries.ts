import type { Kysely } from 'kysely';

/** What waits to be told to vendors, and what became of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('webhook_deliveries')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('webhook_id', 'text', (column) => column.notNull().references('webhooks.id').onDelete('cascade'))
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('event_id', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text')
    .addColumn('sequence', 'bigint')
    .addColumn('body', 'text')
    .addColumn('is_replay', 'bigint', (column) => column.notNull())
    .addColumn('attempts', 'bigint', (column) => column.notNull())
    .addColumn('due_at', 'bigint')
    .addColumn('held_until', 'bigint', (column) => column.notNull())
    .addColumn('give_up_at', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('tries', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  const index = (name: string, columns: string[]) =>
    db.schema.createIndex(name).on('webhook_deliveries').columns(columns).execute();
  await index('webhook_deliveries_due', ['due_at', 'webhook_id']);
  await index('webhook_deliveries_webhook', ['webhook_id', 'due_at']);
  // Of a user at an endpoint: what still waits, which holds what comes later.
  await index('webhook_deliveries_user', ['user_id', 'webhook_id', 'due_at']);
  await index('webhook_deliveries_list', ['webhook_id', 'created_at', 'id']);
  await index('webhook_deliveries_age', ['created_at']);
}
