import { type Kysely, PostgresAdapter, sql } from 'kysely';
import type { Tables } from '../../server/storage/tables.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Rows that one statement inserts. */
const ROWS_AT_ONCE = 50_000;

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
 * Indexes are made anew at the end, as after an import. SQLite gets `md5` from {@link openForCrowd}.
 */
export async function addCrowd(db: Kysely<Tables>, model: Model, users: number): Promise<void> {
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  const indexes = await dropIndexes(db, isPostgres);
  for (let from = 0; from < users; from += ROWS_AT_ONCE) {
    const to = Math.min(from + ROWS_AT_ONCE, users);
    const numbers = isPostgres
      ? sql`(select generate_series(${from}::bigint, ${to - 1}::bigint) as n) as numbers`
      : sql`(with recursive counted(n) as (select cast(${from} as bigint) union all select n + 1 from counted where n < ${to - 1})
          select n from counted) as numbers`;
    for (const insert of insertsOf(model, users)) await sql`${insert} from ${numbers}`.execute(db);
    for (const insert of insertsOf(model, users, true))
      await sql`${insert} from ${numbers} where n % 2 = 0`.execute(db);
  }
  for (const statement of indexes) await sql.raw(statement).execute(db);
  if (isPostgres) await sql`vacuum analyze`.execute(db);
}

/** Ids of rows of the crowd, as its statements make them. */
export const idOf = (kind: string, number: number, md5: (text: string) => string) =>
  md5(`${kind}${number}`).slice(0, 22);

const id = (kind: string) => sql`substr(md5(${sql.lit(kind)} || n), 1, 22)`;

/** @param isOfPopup of those who came through the popup; else of all */
function insertsOf({ clientId, accountId, grant, session, sessionUid }: Model, users: number, isOfPopup = false) {
  const now = Date.now();
  const client = sql`cast(${clientId} as text)`;
  const at = sql`cast(${now - users} + n as bigint)`;
  const expired = sql`case when n % 10 = 0 then`;
  const swap = (text: string, from: string, to: ReturnType<typeof id>) =>
    sql`replace(cast(${text} as text), cast(${from} as text), ${to})`;
  const payload = swap(grant, accountId, id('account'));
  const record = sql`replace(${swap(session, accountId, id('account'))}, cast(${sessionUid} as text), ${id('uid')})`;
  const unlessPopup = (value: ReturnType<typeof sql>) => sql`case when n % 2 = 0 then null else ${value} end`;
  const ifPopup = (value: ReturnType<typeof sql>) => sql`case when n % 2 = 0 then ${value} end`;
  if (!isOfPopup)
    return [
      sql`insert into users (id, realm, client_id, account_id, first_credential_at, created_at, updated_at, email, email_key,
          email_verified_at, username, username_key, first_name, last_name)
        select ${id('user')}, 'production', ${client}, ${ifPopup(id('account'))}, ${ifPopup(at)}, ${at}, ${at},
          ${unlessPopup(sql`'v' || n || '@crowd.example'`)}, ${unlessPopup(sql`'v' || n || '@crowd.example'`)}, ${unlessPopup(at)},
          ${unlessPopup(sql`'v' || n`)}, ${unlessPopup(sql`'v' || n`)}, ${unlessPopup(sql`'Vera'`)}, ${unlessPopup(sql`'Vendor'`)}`,
      sql`insert into app_events (id, client_id, kind, request_id, user_id, status, summary, detail, created_at)
        select ${id('event')}, ${client}, 'api.called', ${id('request')}, ${id('user')}, 200, 'GET /1/users/:id answered 200', '{"route":"/1/users/:id"}',
          ${expired} cast(${now - 31 * DAY_MS} as bigint) else ${at} end`,
    ];
  return [
    sql`insert into accounts (id, realm, email, email_key, email_verified_at, password_hash, given_name, family_name, locale, created_at, updated_at)
      select ${id('account')}, 'production', 'p' || n || '@crowd.example', 'p' || n || '@crowd.example', ${at},
        '$argon2id$v=19$m=19456,t=2,p=1$' || ${id('salt')} || '$' || md5('digest' || n), 'Given' || n, 'Family' || n, 'en', ${at}, ${at}`,
    sql`insert into grants (id, realm, client_id, account_id, payload, created_at, updated_at)
      select ${id('grant')}, 'production', ${client}, ${id('account')}, ${payload}, ${at}, ${at}`,
    ...['name', 'email', 'locale'].map(
      (field) => sql`insert into disclosures (user_id, field, received_at, read_at)
        select ${id('user')}, ${sql.lit(field)}, ${at}, ${at}`,
    ),
    sql`insert into sessions (uid, realm, account_id, user_agent, address, created_at, last_seen_at)
      select ${id('uid')}, 'production', ${id('account')}, 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0', '192.0.2.1', ${at},
        ${expired} cast(${now - 20 * DAY_MS} as bigint) else ${at} end`,
    sql`insert into session_clients (session_uid, client_id, realm, user_id, created_at)
      select ${id('uid')}, ${client}, 'production', ${id('user')}, ${at}`,
    sql`insert into oidc_records (realm, model, id_hash, payload, uid, expires_at, created_at)
      select 'production', 'Session', md5('session' || n), ${record}, ${id('uid')},
        ${expired} cast(${now - DAY_MS} as bigint) else cast(${now + 7 * DAY_MS} as bigint) end, ${at}`,
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
