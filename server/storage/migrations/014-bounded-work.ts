import { type Kysely, sql } from 'kysely';

/** Models of which an account's rows are looked for. */
const MODELS = ['Interaction', 'PortalForm'];

/**
 * What is deleted by the thousand is found by an index, also by the foreign keys that cascade. Whose an open popup is stands in a column,
 * because looking for the account in every payload took as long as there are popups. Test people of the sandbox may expire.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('accounts').addColumn('expires_at', 'bigint').execute();
  await db.schema.alterTable('oidc_records').addColumn('owner_id', 'text').execute();
  const models = sql.join(MODELS);
  // What is under way when the server is upgraded. The account's id is the value of the last `accountId` in these payloads, if of any.
  const { rows } =
    await sql<Row>`select realm, model, id_hash, payload from oidc_records where model in (${models})`.execute(db);
  for (const { realm, model, id_hash: hash, payload } of rows) {
    const account = /"accountId":"([^"]*)"(?!.*"accountId":")/s.exec(payload)?.[1];
    if (account === undefined) continue;
    await sql`update oidc_records set owner_id = ${account}
      where realm = ${realm} and model = ${model} and id_hash = ${hash}`.execute(db);
  }
  const index = (name: string, table: string, columns: string[]) =>
    db.schema.createIndex(name).on(table).columns(columns).execute();
  await sql`create index oidc_records_owner on oidc_records (owner_id) where owner_id is not null`.execute(db);
  await sql`create index accounts_expiry on accounts (expires_at) where expires_at is not null`.execute(db);
  await sql`create index sessions_alive on sessions (account_id) where ended_at is null`.execute(db);
  await index('user_codes_client', 'user_codes', ['client_id', 'realm']);
  await index('app_invitations_inviter', 'app_invitations', ['invited_by']);
  await index('app_invitations_expiry', 'app_invitations', ['expires_at']);
  await index('rate_limits_expiry', 'rate_limits', ['expire']);
  await index('app_events_scan', 'app_events', ['client_id', 'id']);
}

interface Row {
  realm: string;
  model: string;
  id_hash: string;
  payload: string;
}
