import { type Kysely, PostgresAdapter, sql } from 'kysely';
import { nameKey } from '../name-key.ts';

/** Well below the number of parameters that either engine takes. */
const ROWS_AT_ONCE = 500;
/** Those whom an operator looks for: people of no app, test people excepted. */
const SEARCHED = 'sandbox_app_id is null and persona is null and expires_at is null';

/** Keys of the operator's own backend, and what it finds accounts by: names as they are looked up, phone numbers and times. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('management_keys')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('key_hash', 'text', (column) => column.notNull().unique())
    .addColumn('prefix', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('scopes', 'text', (column) => column.notNull())
    .addColumn('address_ranges', 'text')
    .addColumn('expires_at', 'bigint')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('last_used_at', 'bigint')
    .addColumn('revoked_at', 'bigint')
    .execute();
  await db.schema
    .createTable('managed_apps')
    .addColumn('app_id', 'text', (column) => column.primaryKey().references('apps.id').onDelete('cascade'))
    .addColumn('key_id', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('managed_apps_key')
    .on('managed_apps')
    .columns(['key_id', 'created_at', 'app_id'])
    .execute();
  await sql`create index managed_apps_expiry on managed_apps (expires_at) where expires_at is not null`.execute(db);
  await db.schema
    .createTable('uploaded_imports')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('key_id', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('dry_run', 'bigint', (column) => column.notNull())
    .addColumn('text', 'text')
    .addColumn('read', 'bigint', (column) => column.notNull())
    .addColumn('created', 'bigint', (column) => column.notNull())
    .addColumn('updated', 'bigint', (column) => column.notNull())
    .addColumn('unchanged', 'bigint', (column) => column.notNull())
    .addColumn('rejected', 'bigint', (column) => column.notNull())
    .addColumn('rejects', 'text')
    .addColumn('import_id', 'text')
    .addColumn('failure', 'text')
    .addColumn('due_at', 'bigint')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('finished_at', 'bigint')
    .execute();
  await db.schema
    .createIndex('uploaded_imports_key')
    .on('uploaded_imports')
    .columns(['key_id', 'created_at', 'id'])
    .execute();
  await sql`create index uploaded_imports_due on uploaded_imports (due_at) where due_at is not null`.execute(db);
  await sql`create index uploaded_imports_open on uploaded_imports (key_id) where due_at is not null`.execute(db);
  await sql`create index uploaded_imports_finished on uploaded_imports (finished_at) where finished_at is not null`.execute(
    db,
  );
  await makeSearchable(db);
}

async function makeSearchable(db: Kysely<unknown>): Promise<void> {
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  // Byte by byte, as SQLite compares: in the order of a language, no range has all that begins with a text.
  const type = sql.raw(isPostgres ? 'text collate "C"' : 'text');
  for (const column of ['given_name_key', 'family_name_key'])
    await sql`alter table accounts add column ${sql.ref(column)} ${type}`.execute(db);
  await fillNames(db as Kysely<Named>, type);
  const lookup = (name: string, columns: string, condition: string) =>
    sql`create index ${sql.ref(name)} on accounts (${sql.raw(columns)}) where ${sql.raw(condition)}`.execute(db);
  await lookup('accounts_created', 'realm, created_at, id', SEARCHED);
  await lookup('accounts_given_name', 'realm, given_name_key, id', `given_name_key is not null and ${SEARCHED}`);
  await lookup('accounts_family_name', 'realm, family_name_key, id', `family_name_key is not null and ${SEARCHED}`);
  const digits = "replace(replace(phone_number, ' ', ''), '-', '')";
  await lookup('accounts_phone_number', `realm, ${digits}, id`, `phone_number is not null and ${SEARCHED}`);
}

interface Named {
  accounts: { id: string; given_name: string | null; family_name: string | null };
  account_names: { id: string; given: string | null; family: string | null };
}

/** By a table in between, because an update of each row by itself would take an installation of a million people minutes. */
async function fillNames(db: Kysely<Named>, type: ReturnType<typeof sql.raw>): Promise<void> {
  await sql`create table account_names (id text primary key, given ${type}, family ${type})`.execute(db);
  let after = '';
  for (;;) {
    const rows = await db
      .selectFrom('accounts')
      .select(['id', 'given_name', 'family_name'])
      .where('id', '>', after)
      .where(({ eb, or }) => or([eb('given_name', 'is not', null), eb('family_name', 'is not', null)]))
      .orderBy('id')
      .limit(ROWS_AT_ONCE)
      .execute();
    if (rows.length === 0) break;
    await db
      .insertInto('account_names')
      .values(
        rows.map(({ id, given_name, family_name }) => ({
          id,
          given: given_name === null ? null : nameKey(given_name),
          family: family_name === null ? null : nameKey(family_name),
        })),
      )
      .execute();
    after = rows.at(-1)?.id ?? after;
  }
  await sql`update accounts set given_name_key = account_names.given, family_name_key = account_names.family
    from account_names where account_names.id = accounts.id`.execute(db);
  await sql`drop table account_names`.execute(db);
}
