import { type ForeignKeyConstraintBuilder, type Kysely, PostgresAdapter, sql } from 'kysely';

const cascade = (constraint: ForeignKeyConstraintBuilder) => constraint.onDelete('cascade');

/** What people and vendors see and change themselves: sessions, passkeys, members of apps, and records of what happened. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const addColumns = async (table: string, columns: Record<string, 'text' | 'bigint'>) => {
    for (const [column, type] of Object.entries(columns)) {
      await db.schema.alterTable(table).addColumn(column, type).execute();
    }
  };
  await addColumns('accounts', { other_addresses: 'text', deletion_due_at: 'bigint', passkey_offered_at: 'bigint' });
  await db.schema.createIndex('accounts_deletion').on('accounts').column('deletion_due_at').execute();
  await addColumns('email_codes', { email: 'text' });
  await addColumns('environments', { previous_secret_hash: 'text', previous_secret_expires_at: 'bigint' });
  await addColumns('api_keys', { last_used_at: 'bigint', replaced_at: 'bigint' });
  await addColumns('signing_keys', { signs_from: 'bigint' });

  await db.schema
    .createTable('sessions')
    .addColumn('uid', 'text', (column) => column.primaryKey())
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('account_id', 'text', (column) => column.notNull())
    .addColumn('user_agent', 'text')
    .addColumn('address', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('last_seen_at', 'bigint', (column) => column.notNull())
    .addForeignKeyConstraint('sessions_owner', ['account_id', 'realm'], 'accounts', ['id', 'realm'], cascade)
    .execute();
  await db.schema.createIndex('sessions_account').on('sessions').column('account_id').execute();
  await db.schema.createIndex('sessions_seen').on('sessions').column('last_seen_at').execute();

  await db.schema
    .createTable('passkeys')
    .addColumn('credential_id', 'text', (column) => column.primaryKey())
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('account_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('public_key', 'text', (column) => column.notNull())
    .addColumn('counter', 'bigint', (column) => column.notNull())
    .addColumn('transports', 'text')
    .addColumn('backed_up', 'bigint')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('last_used_at', 'bigint')
    .addForeignKeyConstraint('passkeys_owner', ['account_id', 'realm'], 'accounts', ['id', 'realm'], cascade)
    .execute();
  await db.schema.createIndex('passkeys_account').on('passkeys').column('account_id').execute();

  await db.schema
    .createTable('disclosures')
    .addColumn('user_id', 'text', (column) => column.notNull().references('users.id').onDelete('cascade'))
    .addColumn('field', 'text', (column) => column.notNull())
    .addColumn('received_at', 'bigint')
    .addColumn('read_at', 'bigint')
    .addPrimaryKeyConstraint('disclosures_id', ['user_id', 'field'])
    .execute();

  await db.schema
    .createTable('pictures')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('account_id', 'text', (column) => column.references('accounts.id').onDelete('cascade'))
    .addColumn('app_id', 'text', (column) => column.references('apps.id').onDelete('cascade'))
    .addColumn('content_type', 'text', (column) => column.notNull())
    .addColumn('base64', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('pictures_account').on('pictures').column('account_id').execute();
  await db.schema.createIndex('pictures_app').on('pictures').column('app_id').execute();

  await db.schema
    .createTable('app_members')
    .addColumn('app_id', 'text', (column) => column.notNull().references('apps.id').onDelete('cascade'))
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('app_members_id', ['app_id', 'account_id'])
    .execute();
  await db.schema.createIndex('app_members_account').on('app_members').column('account_id').execute();

  await db.schema
    .createTable('app_invitations')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('app_id', 'text', (column) => column.notNull().references('apps.id').onDelete('cascade'))
    .addColumn('email', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('code_hash', 'text', (column) => column.notNull().unique())
    .addColumn('invited_by', 'text', (column) => column.references('accounts.id').onDelete('set null'))
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('app_invitations_app').on('app_invitations').column('app_id').execute();

  await db.schema
    .createTable('app_events')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('client_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('request_id', 'text')
    .addColumn('user_id', 'text')
    .addColumn('status', 'bigint')
    .addColumn('summary', 'text', (column) => column.notNull())
    .addColumn('detail', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('app_events_list').on('app_events').columns(['client_id', 'created_at', 'id']).execute();
  await db.schema.createIndex('app_events_created').on('app_events').column('created_at').execute();

  await db.schema
    .createTable('audit_log')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('realm', 'text')
    .addColumn('act', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('subject', 'text')
    .addColumn('address', 'text')
    .addColumn('request_id', 'text')
    .addColumn('detail', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('audit_log_created').on('audit_log').column('created_at').execute();
  await db.schema.createIndex('audit_log_actor').on('audit_log').columns(['actor', 'created_at']).execute();
  await db.schema.createIndex('audit_log_subject').on('audit_log').columns(['subject', 'created_at']).execute();
  await refuseChangesOfAuditLog(db);
}

/** The log is written to and read, nothing else: the database itself refuses, whatever the code above does. */
async function refuseChangesOfAuditLog(db: Kysely<unknown>): Promise<void> {
  if (!(db.getExecutor().adapter instanceof PostgresAdapter)) {
    for (const change of ['update', 'delete']) {
      await sql
        .raw(
          `create trigger audit_log_no_${change} before ${change} on audit_log begin select raise(abort, 'the audit log is append-only'); end`,
        )
        .execute(db);
    }
    // `insert or replace` deletes without asking a trigger.
    await sql`create trigger audit_log_no_replace before insert on audit_log when exists (select 1 from audit_log where id = new.id) begin select raise(abort, 'the audit log is append-only'); end`.execute(
      db,
    );
    return;
  }
  await sql`create function audit_log_is_append_only() returns trigger language plpgsql as $$ begin raise exception 'the audit log is append-only'; end $$`.execute(
    db,
  );
  await sql`create trigger audit_log_append_only before update or delete on audit_log for each row execute function audit_log_is_append_only()`.execute(
    db,
  );
}
