import type { Kysely } from 'kysely';

/** Codes that somebody reads in a mail and types where they asked. And apps may want verified addresses alone; none asked for it before. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('mailed_codes')
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('place_hash', 'text', (column) => column.notNull())
    .addColumn('browser_hash', 'text', (column) => column.notNull())
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('email', 'text', (column) => column.notNull())
    .addColumn('email_key', 'text', (column) => column.notNull())
    .addColumn('nonce', 'text', (column) => column.notNull())
    .addColumn('format', 'text', (column) => column.notNull())
    .addColumn('visibility', 'text', (column) => column.notNull())
    .addColumn('device', 'text')
    .addColumn('tries', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('sent', 'integer', (column) => column.notNull().defaultTo(1))
    .addColumn('sent_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('mailed_codes_place', ['realm', 'place_hash'])
    .execute();
  await db.schema.createIndex('mailed_codes_expiry').on('mailed_codes').column('expires_at').execute();
  await db.schema
    .alterTable('apps')
    .addColumn('require_verified_email', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}
