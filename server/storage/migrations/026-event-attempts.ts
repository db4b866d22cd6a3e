import type { Kysely } from 'kysely';

/** Events of one attempt to sign up are shown together. Those from before do not say which attempt they belong to, and stand alone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('app_events').addColumn('attempt', 'text').execute();
  await db.schema.createIndex('app_events_attempt').on('app_events').columns(['client_id', 'attempt']).execute();
}
