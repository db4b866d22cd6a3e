import { type Kysely, PostgresAdapter, sql } from 'kysely';
import { truncateAddress } from '../truncate-address.ts';

const APPEND_ONLY = 'the audit log is append-only';
/** How long entries of before keep their whole addresses from now on, as those of today do. */
const ADDRESS_LIFETIME_MS = 90 * 24 * 60 * 60 * 1000;
/** Well below the number of parameters that either engine takes. */
const ADDRESSES_AT_ONCE = 200;

/** What limits need: passwords with the salt of their address, refusals that are counted, addresses that do not stay. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Finds without a search whether any account of before is left. 99 characters has a hash with the salt of its address.
  await sql`create index accounts_own_salts on accounts (realm) where email_verified_at is null and length(password_hash) <> 99`.execute(
    db,
  );
  await db.schema
    .createTable('audit_refusals')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('realm', 'text')
    .addColumn('act', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('subject', 'text')
    .addColumn('address', 'text')
    .addColumn('request_id', 'text')
    .addColumn('detail', 'text')
    .addColumn('refusals', 'bigint', (column) => column.notNull())
    .addColumn('first_at', 'bigint', (column) => column.notNull())
    .addColumn('last_at', 'bigint', (column) => column.notNull())
    .addColumn('closes_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('audit_refusals_closes').on('audit_refusals').column('closes_at').execute();
  await db.schema
    .createTable('audit_addresses')
    .addColumn('entry_id', 'text', (column) => column.primaryKey())
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('audit_addresses_expires').on('audit_addresses').column('expires_at').execute();
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  await moveAddresses(db as Kysely<Moved>, isPostgres);
  await refuseChangesOfAddresses(db, isPostgres);
}

interface Moved {
  audit_log: { id: string; address: string | null };
  audit_addresses: { entry_id: string; address: string; expires_at: number };
  audit_networks: { address: string; network: string | null };
}

/**
 * Moves the whole addresses of entries of before to where they expire. It is the only change that was ever made to written entries, so the
 * trigger that refuses changes is away for that statement, in this transaction.
 */
async function moveAddresses(db: Kysely<Moved>, isPostgres: boolean): Promise<void> {
  const known = await db
    .selectFrom('audit_log')
    .select('address')
    .distinct()
    .where('address', 'is not', null)
    .execute();
  if (known.length === 0) return;
  const networks = known.flatMap(({ address }) =>
    address === null ? [] : [{ address, network: truncateAddress(address) }],
  );
  await sql`create table audit_networks (address text primary key, network text)`.execute(db);
  for (let at = 0; at < networks.length; at += ADDRESSES_AT_ONCE) {
    await db
      .insertInto('audit_networks')
      .values(networks.slice(at, at + ADDRESSES_AT_ONCE))
      .execute();
  }
  await sql`insert into audit_addresses (entry_id, address, expires_at)
    select id, address, ${sql.lit(Date.now() + ADDRESS_LIFETIME_MS)} from audit_log where address is not null`.execute(
    db,
  );
  const away = isPostgres
    ? sql`alter table audit_log disable trigger audit_log_append_only`
    : sql`drop trigger audit_log_no_update`;
  const back = isPostgres
    ? sql`alter table audit_log enable trigger audit_log_append_only`
    : sql.raw(refusing('audit_log_no_update', 'before update on audit_log'));
  await away.execute(db);
  await sql`update audit_log set address =
    (select network from audit_networks where audit_networks.address = audit_log.address) where address is not null`.execute(
    db,
  );
  await back.execute(db);
  await sql`drop table audit_networks`.execute(db);
}

/** An address is neither changed nor deleted before its time. */
async function refuseChangesOfAddresses(db: Kysely<unknown>, isPostgres: boolean): Promise<void> {
  const statements = isPostgres
    ? [
        `create function audit_address_stays() returns trigger language plpgsql as $$ begin
          if tg_op = 'DELETE' and old.expires_at <= extract(epoch from clock_timestamp()) * 1000 then return old; end if;
          raise exception '${APPEND_ONLY}'; end $$`,
        'create trigger audit_addresses_stay before update or delete on audit_addresses for each row execute function audit_address_stays()',
        'create trigger audit_addresses_no_truncate before truncate on audit_addresses for each statement execute function audit_log_is_append_only()',
      ]
    : [
        refusing('audit_addresses_no_update', 'before update on audit_addresses'),
        refusing(
          'audit_addresses_no_delete',
          'before delete on audit_addresses',
          'old.expires_at > unixepoch() * 1000',
        ),
        // `insert or replace` deletes without asking a trigger.
        refusing(
          'audit_addresses_no_replace',
          'before insert on audit_addresses',
          'exists (select 1 from audit_addresses where entry_id = new.entry_id)',
        ),
      ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/** A trigger of SQLite. */
function refusing(name: string, event: string, when?: string): string {
  const condition = when === undefined ? '' : `when ${when} `;
  return `create trigger ${name} ${event} ${condition}begin select raise(abort, '${APPEND_ONLY}'); end`;
}
