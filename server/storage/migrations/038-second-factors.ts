import type { Kysely } from 'kysely';

/** Authenticator apps and recovery codes, the browsers that an account knows, and which of them a session is in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('authenticators')
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('secret', 'text', (column) => column.notNull())
    .addColumn('last_step', 'bigint')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint')
    .addPrimaryKeyConstraint('authenticators_account', ['account_id', 'state'])
    .execute();
  await db.schema.createIndex('authenticators_expiry').on('authenticators').column('expires_at').execute();
  await db.schema
    .createTable('recovery_codes')
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('code_hash', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('used_at', 'bigint')
    .addPrimaryKeyConstraint('recovery_codes_account', ['account_id', 'code_hash'])
    .execute();
  await db.schema
    .createTable('known_browsers')
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('browser_hash', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('user_agent', 'text')
    .addColumn('first_seen_at', 'bigint', (column) => column.notNull())
    .addColumn('last_seen_at', 'bigint', (column) => column.notNull())
    .addColumn('trusted_until', 'bigint')
    .addPrimaryKeyConstraint('known_browsers_account', ['account_id', 'browser_hash'])
    .execute();
  await db.schema.createIndex('known_browsers_age').on('known_browsers').column('last_seen_at').execute();
  await db.schema.alterTable('sessions').addColumn('browser_hash', 'text').execute();
}
