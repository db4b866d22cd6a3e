import type { Kysely } from 'kysely';

/** Apps may let people sign in on a device without a keyboard. None that is there already has asked for it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('apps')
    .addColumn('device_flow', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}
