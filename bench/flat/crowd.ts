import { crc32 } from 'node:zlib';
import { type Kysely, PostgresAdapter, type RawBuilder, sql } from 'kysely';
import type { Tables } from '../../server/storage/tables.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Rows of one person who went through the popup, after which those of the crowd are made. */
export interface Model {
  readonly clientId: string;
  readonly accountId: string;
  readonly grant: string;
  readonly session: string;
  readonly sessionUid: string;
}

/**
 * Makes as many users, all of one app: every other one has come through the popup, and has an account, a grant, a session with its record
 * and disclosures; the others were made by the vendor. Each has an event, every tenth of which has expired, as have as many sessions.
 *
 * A table is filled by one statement, so that the tree of its key, into which rows come in any order, is written once. Indexes are made anew
 * at the end, as after an import.
 */
export async function addCrowd(db: Kysely<Tables>, model: Model, users: number): Promise<void> {
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  const indexes = await dropIndexes(db, isPostgres);
  const numbers = isPostgres
    ? sql`generate_series(0, ${sql.lit(users - 1)}::bigint) as numbers(n)`
    : sql`(with recursive counted(n) as (select 0 union all select n + 1 from counted where n < ${sql.lit(users - 1)})
        select n from counted) as numbers`;
  const id = isPostgres ? idOnPostgres : idOnSqlite;
  for (const insert of insertsOf(model, users, id)) await sql`${insert} from ${numbers}`.execute(db);
  for (const insert of insertsOfPopup(model, users, id))
    await sql`${insert} from ${numbers} where n % 2 = 0`.execute(db);
  for (const statement of indexes) await sql.raw(statement).execute(db);
  if (isPostgres) await sql`vacuum analyze`.execute(db);
}

/** Both odd, so that numbers which follow each other lie far apart, and no two become one. */
const SPREAD = 2_654_435_761n;
const SPREAD_ELSE = 2_246_822_519n;
const RANGE = 2n ** 32n;

/** Ids of rows of the crowd, as its statements make them: as long as real ones, as scattered, and found again by the number. */
export function idOf(kind: string, number: number): string {
  const n = BigInt(number);
  const hex = (value: bigint, digits: number) => value.toString(16).padStart(digits, '0');
  return hex((n * SPREAD + startOf(kind)) % RANGE, 8) + hex((n * SPREAD_ELSE) % RANGE, 8) + hex(n, 6);
}

type SqlText = RawBuilder<string>;
type IdOf = (kind: string) => SqlText;

const idOnSqlite: IdOf = (kind) =>
  sql`printf('%08x%08x%06x', (n * ${big(SPREAD)} + ${big(startOf(kind))}) % ${big(RANGE)}, (n * ${big(SPREAD_ELSE)}) % ${big(RANGE)}, n)`;

const idOnPostgres: IdOf = (kind) => {
  const hex = (value: RawBuilder<unknown>, digits: number) => sql`lpad(to_hex(${value}), ${sql.lit(digits)}, '0')`;
  const first = hex(sql`(n * ${big(SPREAD)} + ${big(startOf(kind))}) % ${big(RANGE)}`, 8);
  return sql`(${first} || ${hex(sql`(n * ${big(SPREAD_ELSE)}) % ${big(RANGE)}`, 8)} || ${hex(sql`n`, 6)})`;
};

const big = (value: bigint) => sql.raw(String(value));

/** Ids of two kinds with one number differ. */
function startOf(kind: string): bigint {
  return BigInt(crc32(kind));
}

const EXPIRED = sql`case when n % 10 = 0 then`;

/** One a millisecond, the last of them now. */
const createdAt = (now: number, users: number) => sql`cast(${now - users} + n as bigint)`;

/** What everybody has. */
function insertsOf({ clientId }: Model, users: number, id: IdOf) {
  const now = Date.now();
  const client = sql`cast(${clientId} as text)`;
  const at = createdAt(now, users);
  const unlessPopup = (value: RawBuilder<unknown>) => sql`case when n % 2 = 0 then null else ${value} end`;
  const ifPopup = (value: RawBuilder<unknown>) => sql`case when n % 2 = 0 then ${value} end`;
  return [
    sql`insert into users (id, realm, client_id, account_id, first_credential_at, created_at, updated_at, email, email_key,
          email_verified_at, username, username_key, first_name, last_name)
        select ${id('user')}, 'production', ${client}, ${ifPopup(id('account'))}, ${ifPopup(at)}, ${at}, ${at},
          ${unlessPopup(sql`'v' || n || '@crowd.example'`)}, ${unlessPopup(sql`'v' || n || '@crowd.example'`)}, ${unlessPopup(at)},
          ${unlessPopup(sql`'v' || n`)}, ${unlessPopup(sql`'v' || n`)}, ${unlessPopup(sql`'Vera'`)}, ${unlessPopup(sql`'Vendor'`)}`,
    sql`insert into app_events (id, client_id, kind, request_id, user_id, status, summary, detail, created_at)
        select ${id('event')}, ${client}, 'api.called', ${id('request')}, ${id('user')}, 200, 'GET /1/users/:id answered 200', '{"route":"/1/users/:id"}',
          ${EXPIRED} cast(${now - 31 * DAY_MS} as bigint) else ${at} end`,
  ];
}

/** What those have who came through the popup. */
function insertsOfPopup({ clientId, accountId, grant, session, sessionUid }: Model, users: number, id: IdOf) {
  const now = Date.now();
  const client = sql`cast(${clientId} as text)`;
  const at = createdAt(now, users);
  const swap = (text: string, from: string, to: SqlText) =>
    sql`replace(cast(${text} as text), cast(${from} as text), ${to})`;
  const payload = swap(grant, accountId, id('account'));
  const record = sql`replace(${swap(session, accountId, id('account'))}, cast(${sessionUid} as text), ${id('uid')})`;
  return [
    sql`insert into accounts (id, realm, email, email_key, email_verified_at, password_hash, given_name, family_name, locale, created_at, updated_at)
      select ${id('account')}, 'production', 'p' || n || '@crowd.example', 'p' || n || '@crowd.example', ${at},
        '$argon2id$v=19$m=19456,t=2,p=1$' || ${id('salt')} || '$' || ${id('digest')} || ${id('more')}, 'Given' || n, 'Family' || n, 'en', ${at}, ${at}`,
    sql`insert into grants (id, realm, client_id, account_id, payload, created_at, updated_at)
      select ${id('grant')}, 'production', ${client}, ${id('account')}, ${payload}, ${at}, ${at}`,
    ...['name', 'email', 'locale'].map(
      (field) => sql`insert into disclosures (user_id, field, received_at, read_at)
        select ${id('user')}, ${sql.lit(field)}, ${at}, ${at}`,
    ),
    sql`insert into sessions (uid, realm, account_id, user_agent, address, created_at, last_seen_at)
      select ${id('uid')}, 'production', ${id('account')}, 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0', '192.0.2.1', ${at},
        ${EXPIRED} cast(${now - 20 * DAY_MS} as bigint) else ${at} end`,
    sql`insert into session_clients (session_uid, client_id, realm, user_id, created_at)
      select ${id('uid')}, ${client}, 'production', ${id('user')}, ${at}`,
    sql`insert into oidc_records (realm, model, id_hash, payload, uid, expires_at, created_at)
      select 'production', 'Session', ${id('session')} || ${id('secret')}, ${record}, ${id('uid')},
        ${EXPIRED} cast(${now - DAY_MS} as bigint) else cast(${now + 7 * DAY_MS} as bigint) end, ${at}`,
    sql`insert into audit_log (id, realm, act, actor, created_at)
      select ${id('audit')}, 'production', 'session.started', 'account:' || ${id('account')}, ${at}`,
  ];
}

/** Drops what can be made again. @returns the statements that make it */
async function dropIndexes(db: Kysely<Tables>, isPostgres: boolean): Promise<string[]> {
  const { rows } = isPostgres
    ? await sql<{ name: string; definition: string }>`select indexname as name, indexdef as definition from pg_indexes
        where schemaname = 'public' and not exists (select 1 from pg_constraint where conname = indexname)`.execute(db)
    : await sql<{ name: string; definition: string }>`select name, sql as definition from sqlite_schema
        where type = 'index' and sql is not null`.execute(db);
  for (const { name } of rows) await sql`drop index ${sql.ref(name)}`.execute(db);
  return rows.map(({ definition }) => definition);
}
