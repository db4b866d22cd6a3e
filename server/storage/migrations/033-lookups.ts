import { type Kysely, sql } from 'kysely';

/**
 * Indexes that lead to the few rows that are meant, on SQLite, too: without statistics its planner prefers an index of which two columns
 * are given, such as realm and model, and then reads all records of a kind. Rows for which an index is of no use are not in it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const replace = async (name: string, definition: string) => {
    await sql`drop index if exists ${sql.ref(name)}`.execute(db);
    await sql`create index ${sql.ref(name)} on ${sql.raw(definition)}`.execute(db);
  };
  await replace('oidc_records_uid', 'oidc_records (uid, realm, model) where uid is not null');
  await replace('oidc_records_grant', 'oidc_records (grant_id, realm, model) where grant_id is not null');
  await replace('oidc_records_owner', 'oidc_records (owner_id, realm, model) where owner_id is not null');
  await replace('sessions_alive', 'sessions (realm, account_id) where ended_at is null');
  await replace('accounts_deletion', 'accounts (realm, deletion_due_at) where deletion_due_at is not null');
  await replace('accounts_expiry', 'accounts (realm, expires_at) where expires_at is not null');
  await replace('user_codes_user', 'user_codes (user_id, client_id, purpose)');
  await replace('app_events_attempt', 'app_events (client_id, attempt, created_at, id) where attempt is not null');
  await replace('app_events_user', 'app_events (client_id, user_id, created_at, id) where user_id is not null');
  await replace('mails_due', 'mails (due_at) where due_at is not null');
  await replace('mails_recipient', 'mails (recipient_key, created_at)');
  await replace('app_invitations_email', 'app_invitations (email_key)');
}
