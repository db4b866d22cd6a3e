import type { Kysely } from 'kysely';
import { APP_EVENT_LIFETIME_MS } from './app-events.ts';
import { closeRefusalWindows } from './audit-log.ts';
import { LIST_POSITION_LIFETIME_MS } from './list-positions.ts';
import { deleteRetiredSigningKeys } from './signing-keys.ts';
import type { Tables } from './tables.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A day longer than the sessions themselves, so that the row which says that a session has ended outlives the session's record. */
const SESSION_LIFETIME_MS = 15 * DAY_MS;
/** Expired records are kept this long, so that no request that began before they expired saves them again. Well above its timeout. */
const EXPIRED_RECORD_LIFETIME_MS = 10 * 60 * 1000;
const KEPT_MAIL_LIFETIME_MS = 7 * DAY_MS;
export const IDEMPOTENCY_KEY_LIFETIME_MS = DAY_MS;

/** Deletes expired rows. Nothing depends on it, because expired rows are never found. */
export async function sweep(db: Kysely<Tables>): Promise<void> {
  const now = Date.now();
  const mailsBefore = now - KEPT_MAIL_LIFETIME_MS;
  const keysBefore = now - IDEMPOTENCY_KEY_LIFETIME_MS;
  await db
    .deleteFrom('oidc_records')
    .where('expires_at', '<', now - EXPIRED_RECORD_LIFETIME_MS)
    .execute();
  await db.deleteFrom('email_codes').where('expires_at', '<', now).execute();
  await db.deleteFrom('user_codes').where('expires_at', '<', now).execute();
  await db.deleteFrom('rate_limits').where('expire', '<', now).execute();
  await db.deleteFrom('idempotency_keys').where('created_at', '<', keysBefore).execute();
  await db.deleteFrom('submissions').where('expires_at', '<', now).execute();
  await db.deleteFrom('app_invitations').where('expires_at', '<', now).execute();
  await db
    .deleteFrom('app_events')
    .where('created_at', '<', now - APP_EVENT_LIFETIME_MS)
    .execute();
  await db
    .deleteFrom('sessions')
    .where('last_seen_at', '<', now - SESSION_LIFETIME_MS)
    .execute();
  await closeRefusalWindows(db, now);
  await db.deleteFrom('audit_addresses').where('expires_at', '<', now).execute();
  await db
    .deleteFrom('list_positions')
    .where('deleted_at', '<', now - LIST_POSITION_LIFETIME_MS)
    .execute();
  await deleteRetiredSigningKeys(db, now);
  await db.deleteFrom('mails').where('created_at', '<', mailsBefore).execute();
}
