import { type ForeignKeyConstraintBuilder, type Kysely, sql } from 'kysely';

const cascade = (constraint: ForeignKeyConstraintBuilder) => constraint.onDelete('cascade');

/** What vendors' backends work with: users that they make themselves, keys with limits, and answers that can be repeated. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const addColumns = async (table: string, columns: Record<string, 'text' | 'bigint'>) => {
    for (const [column, type] of Object.entries(columns)) {
      await db.schema.alterTable(table).addColumn(column, type).execute();
    }
  };
  await addColumns('users', {
    external_id: 'text',
    email: 'text',
    email_key: 'text',
    email_verified_at: 'bigint',
    username: 'text',
    username_key: 'text',
    password_hash: 'text',
    first_name: 'text',
    last_name: 'text',
    roles: 'text',
    deactivated_at: 'bigint',
    last_signin_at: 'bigint',
  });
  await sql`create unique index users_email on users (client_id, email_key) where email_key is not null`.execute(db);
  await sql`create unique index users_username on users (client_id, username_key) where username_key is not null`.execute(
    db,
  );
  await db.schema.createIndex('users_list').on('users').columns(['client_id', 'created_at', 'id']).execute();

  await addColumns('api_keys', { read_only: 'bigint', address_ranges: 'text' });

  await db.schema
    .createTable('user_codes')
    .addColumn('code_hash', 'text', (column) => column.primaryKey())
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('client_id', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull().references('users.id').onDelete('cascade'))
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addForeignKeyConstraint(
      'user_codes_client',
      ['client_id', 'realm'],
      'environments',
      ['client_id', 'realm'],
      cascade,
    )
    .execute();
  await db.schema.createIndex('user_codes_user').on('user_codes').column('user_id').execute();
  await db.schema.createIndex('user_codes_expiry').on('user_codes').column('expires_at').execute();

  await db.schema
    .createTable('idempotency_keys')
    .addColumn('client_id', 'text', (column) => column.notNull())
    .addColumn('key_hash', 'text', (column) => column.notNull())
    .addColumn('request_hash', 'text', (column) => column.notNull())
    .addColumn('status', 'bigint')
    .addColumn('body', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('idempotency_keys_id', ['client_id', 'key_hash'])
    .execute();
  await db.schema.createIndex('idempotency_keys_created').on('idempotency_keys').column('created_at').execute();
}
