import type { Kysely } from 'kysely';

/** By which other logins people sign in, and the sign-ins there that are under way. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('identities')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('app_id', 'text', (column) => column.notNull())
    .addColumn('issuer', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('upstream', 'text', (column) => column.notNull())
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('email', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('last_used_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('identities_subject')
    .unique()
    .on('identities')
    .columns(['realm', 'app_id', 'issuer', 'subject'])
    .execute();
  await db.schema.createIndex('identities_account').on('identities').column('account_id').execute();
  await db.schema
    .createTable('upstream_attempts')
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('place_hash', 'text', (column) => column.notNull())
    .addColumn('state_hash', 'text', (column) => column.notNull())
    .addColumn('browser_hash', 'text', (column) => column.notNull())
    .addColumn('upstream', 'text', (column) => column.notNull())
    .addColumn('place', 'text', (column) => column.notNull())
    .addColumn('posted_name', 'text')
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('upstream_attempts_place', ['realm', 'place_hash'])
    .execute();
  await db.schema
    .createIndex('upstream_attempts_state')
    .unique()
    .on('upstream_attempts')
    .columns(['realm', 'state_hash'])
    .execute();
  await db.schema.createIndex('upstream_attempts_expiry').on('upstream_attempts').column('expires_at').execute();
}
