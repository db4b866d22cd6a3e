import type { Kysely } from 'kysely';

/** Apps may be native, or stop asking to stay connected; a refresh token counts its uses. What is there already is a website that may ask. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('apps')
    .addColumn('kind', 'text', (column) => column.notNull().defaultTo('web'))
    .execute();
  await db.schema
    .alterTable('apps')
    .addColumn('offline_access', 'integer', (column) => column.notNull().defaultTo(1))
    .execute();
  await db.schema
    .alterTable('oidc_records')
    .addColumn('uses', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}
