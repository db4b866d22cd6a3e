import { type Kysely, type SqlBool, sql } from 'kysely';
import { APP_EVENT_LIFETIME_MS } from './app-events.ts';
import { closeRefusalWindows } from './audit-log.ts';
import { deleteInBatches, deleteWhileScanning } from './batches.ts';
import { eraseDeletedApps } from './erase-app.ts';
import { LIST_POSITION_LIFETIME_MS } from './list-positions.ts';
import { endExpiredApps } from './managed-apps.ts';
import { deleteRetiredSigningKeys } from './signing-keys.ts';
import type { Tables } from './tables.ts';
import { UPLOADED_IMPORT_LIFETIME_MS } from './uploaded-imports.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A day longer than the sessions themselves, so that the row which says that a session has ended outlives the session's record. */
const SESSION_LIFETIME_MS = 15 * DAY_MS;
/** Expired records are kept this long, so that no request that began before they expired saves them again. Well above its timeout. */
const EXPIRED_RECORD_LIFETIME_MS = 10 * 60 * 1000;
/** The trigger that guards addresses reads the database's clock, in whole seconds. */
const CLOCK_MARGIN_MS = 60 * 1000;
/** Who comes back late from another login is told so, and goes on where they were. */
const UPSTREAM_ATTEMPT_LIFETIME_MS = 60 * 60 * 1000;
/** A browser that has not been used for so long is most often gone. */
const KNOWN_BROWSER_LIFETIME_MS = 365 * DAY_MS;
/** Nobody brings people of a file that is older. */
const TOMBSTONE_LIFETIME_MS = 2 * 365 * DAY_MS;
const KEPT_MAIL_LIFETIME_MS = 7 * DAY_MS;
/** Of jobs that were given up. Those that wait are given up or done long before. */
const JOB_LIFETIME_MS = 7 * DAY_MS;
/** For whoever asks what was sent and answered. */
const WEBHOOK_DELIVERY_LIFETIME_MS = 30 * DAY_MS;
export const IDEMPOTENCY_KEY_LIFETIME_MS = DAY_MS;

/** Deletes expired rows, and the rest of deleted apps. Nothing depends on it, because neither is ever found. */
export async function sweep(db: Kysely<Tables>): Promise<void> {
  const now = Date.now();
  const before = (column: string, ageMs = 0) => sql<SqlBool>`${sql.ref(column)} < ${now - ageMs}`;
  const deleteBefore = <Table extends keyof Tables & string>(
    table: Table,
    key: readonly (keyof Tables[Table] & string)[],
    column: keyof Tables[Table] & string,
    ageMs = 0,
  ) => deleteInBatches(db, table, key, before(column, ageMs), column);
  await deleteBefore('oidc_records', ['realm', 'model', 'id_hash'], 'expires_at', EXPIRED_RECORD_LIFETIME_MS);
  await deleteBefore('email_codes', ['code_hash'], 'expires_at');
  await deleteBefore('mailed_codes', ['realm', 'place_hash'], 'expires_at');
  await deleteBefore('upstream_attempts', ['realm', 'place_hash'], 'expires_at', UPSTREAM_ATTEMPT_LIFETIME_MS);
  await deleteBefore('upstream_logouts', ['realm', 'key_hash'], 'expires_at');
  await deleteBefore('authenticators', ['account_id', 'state'], 'expires_at');
  await deleteBefore('known_browsers', ['account_id', 'browser_hash'], 'last_seen_at', KNOWN_BROWSER_LIFETIME_MS);
  await deleteBefore('user_codes', ['code_hash'], 'expires_at');
  await deleteBefore('diagnostic_tokens', ['token_hash'], 'expires_at');
  await deleteBefore('rate_limits', ['key'], 'expire');
  await deleteBefore('idempotency_keys', ['client_id', 'key_hash'], 'created_at', IDEMPOTENCY_KEY_LIFETIME_MS);
  await deleteBefore('app_invitations', ['id'], 'expires_at');
  await deleteBefore('app_events', ['id'], 'created_at', APP_EVENT_LIFETIME_MS);
  await deleteBefore('sessions', ['uid'], 'last_seen_at', SESSION_LIFETIME_MS);
  const orphans = sql<SqlBool>`not exists (select 1 from sessions where sessions.uid = session_clients.session_uid)`;
  const old = before('created_at', SESSION_LIFETIME_MS);
  await deleteWhileScanning(db, 'session_clients', 'created_at', { after: 0, range: old, where: orphans });
  await deleteBefore('jobs', ['id'], 'created_at', JOB_LIFETIME_MS);
  await deleteBefore('webhook_deliveries', ['id'], 'created_at', WEBHOOK_DELIVERY_LIFETIME_MS);
  await deleteBefore('submissions', ['realm', 'key_hash'], 'expires_at');
  await closeRefusalWindows(db, now);
  await deleteBefore('audit_addresses', ['entry_id'], 'expires_at', CLOCK_MARGIN_MS);
  await deleteBefore('list_positions', ['id_hash'], 'deleted_at', LIST_POSITION_LIFETIME_MS);
  await deleteBefore('uploaded_imports', ['id'], 'finished_at', UPLOADED_IMPORT_LIFETIME_MS);
  await deleteBefore('import_tombstones', ['realm', 'key_hash'], 'erased_at', TOMBSTONE_LIFETIME_MS);
  await deleteRetiredSigningKeys(db, now);
  await deleteBefore('mails', ['id'], 'created_at', KEPT_MAIL_LIFETIME_MS);
  await endExpiredApps(db, now);
  await eraseDeletedApps(db);
}
