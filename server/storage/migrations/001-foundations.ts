import { type ForeignKeyConstraintBuilder, type Kysely, sql } from 'kysely';

const cascade = (constraint: ForeignKeyConstraintBuilder) => constraint.onDelete('cascade');

/**
 * Columns are text and bigint only, so that every engine keeps them alike. Times are milliseconds since the epoch. References
 * include the realm: a row cannot be tied to another realm's, whatever the code above does.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('accounts')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('email', 'text')
    .addColumn('email_key', 'text')
    .addColumn('email_verified_at', 'bigint')
    .addColumn('password_hash', 'text')
    .addColumn('given_name', 'text')
    .addColumn('family_name', 'text')
    .addColumn('phone_number', 'text')
    .addColumn('address', 'text')
    .addColumn('locale', 'text')
    .addColumn('picture', 'text')
    .addColumn('persona', 'text')
    .addColumn('blocked_at', 'bigint')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('accounts_realm', ['id', 'realm'])
    .execute();
  await db.schema.createIndex('accounts_email').on('accounts').columns(['realm', 'email_key', 'created_at']).execute();
  await sql`create unique index accounts_verified_email on accounts (realm, email_key) where email_verified_at is not null`.execute(
    db,
  );
  await sql`create unique index accounts_persona on accounts (realm, persona) where persona is not null`.execute(db);

  await db.schema
    .createTable('email_codes')
    .addColumn('code_hash', 'text', (column) => column.primaryKey())
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('account_id', 'text', (column) => column.notNull())
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('email_key', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addForeignKeyConstraint('email_codes_owner', ['account_id', 'realm'], 'accounts', ['id', 'realm'], cascade)
    .execute();
  await db.schema.createIndex('email_codes_account').on('email_codes').column('account_id').execute();
  await db.schema.createIndex('email_codes_expiry').on('email_codes').column('expires_at').execute();

  await db.schema
    .createTable('apps')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('logo_uri', 'text')
    .addColumn('home_page_uri', 'text')
    .addColumn('privacy_policy_uri', 'text')
    .addColumn('terms_uri', 'text')
    .addColumn('fields', 'text', (column) => column.notNull())
    .addColumn('disabled_at', 'bigint')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .execute();

  await db.schema
    .createTable('environments')
    .addColumn('client_id', 'text', (column) => column.primaryKey())
    .addColumn('app_id', 'text', (column) => column.notNull().references('apps.id').onDelete('cascade'))
    .addColumn('environment', 'text', (column) => column.notNull())
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('client_secret_hash', 'text', (column) => column.notNull())
    .addColumn('origins', 'text', (column) => column.notNull())
    .addColumn('redirect_uris', 'text', (column) => column.notNull())
    .addColumn('signup_endpoint', 'text')
    .addColumn('signup_key', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('environments_app', ['app_id', 'environment'])
    .addUniqueConstraint('environments_realm', ['client_id', 'realm'])
    .execute();

  await db.schema
    .createTable('api_keys')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('client_id', 'text', (column) => column.notNull())
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('key_hash', 'text', (column) => column.notNull().unique())
    .addColumn('prefix', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addForeignKeyConstraint('api_keys_client', ['client_id', 'realm'], 'environments', ['client_id', 'realm'], cascade)
    .execute();
  await db.schema.createIndex('api_keys_client').on('api_keys').column('client_id').execute();

  await db.schema
    .createTable('users')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('client_id', 'text', (column) => column.notNull())
    .addColumn('account_id', 'text')
    .addColumn('first_credential_at', 'bigint')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('users_account', ['client_id', 'account_id', 'realm'])
    .addForeignKeyConstraint('users_client', ['client_id', 'realm'], 'environments', ['client_id', 'realm'], cascade)
    .addForeignKeyConstraint('users_owner', ['account_id', 'realm'], 'accounts', ['id', 'realm'], cascade)
    .execute();
  await db.schema.createIndex('users_by_account').on('users').column('account_id').execute();

  await db.schema
    .createTable('grants')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('client_id', 'text', (column) => column.notNull())
    .addColumn('account_id', 'text', (column) => column.notNull())
    .addColumn('payload', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('grants_account', ['client_id', 'account_id', 'realm'])
    .addForeignKeyConstraint('grants_client', ['client_id', 'realm'], 'environments', ['client_id', 'realm'], cascade)
    .addForeignKeyConstraint('grants_owner', ['account_id', 'realm'], 'accounts', ['id', 'realm'], cascade)
    .execute();
  await db.schema.createIndex('grants_by_account').on('grants').column('account_id').execute();

  await db.schema
    .createTable('oidc_records')
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('model', 'text', (column) => column.notNull())
    .addColumn('id_hash', 'text', (column) => column.notNull())
    .addColumn('payload', 'text', (column) => column.notNull())
    .addColumn('grant_id', 'text')
    .addColumn('uid', 'text')
    .addColumn('consumed_at', 'bigint')
    .addColumn('expires_at', 'bigint')
    .addPrimaryKeyConstraint('oidc_records_id', ['realm', 'model', 'id_hash'])
    .execute();
  await db.schema.createIndex('oidc_records_grant').on('oidc_records').column('grant_id').execute();
  await db.schema.createIndex('oidc_records_uid').on('oidc_records').column('uid').execute();
  await db.schema.createIndex('oidc_records_expiry').on('oidc_records').column('expires_at').execute();

  await db.schema
    .createTable('signing_keys')
    .addColumn('kid', 'text', (column) => column.primaryKey())
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('active', 'bigint')
    .addColumn('private_jwk', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('signing_keys_active', ['realm', 'active'])
    .execute();

  await db.schema
    .createTable('secrets')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();

  await db.schema
    .createTable('mails')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('recipient', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('attempts', 'bigint', (column) => column.notNull())
    .addColumn('due_at', 'bigint')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('mails_due').on('mails').column('due_at').execute();
  await db.schema.createIndex('mails_created').on('mails').column('created_at').execute();

  // The shape that rate-limiter-flexible expects.
  await db.schema
    .createTable('rate_limits')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('points', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('expire', 'bigint')
    .execute();
}
