import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

const KEPT_MAIL_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

/** Deletes what has expired. Nothing depends on it: expired rows are never found. */
export async function sweep(db: Kysely<Tables>): Promise<void> {
  const now = Date.now();
  await db.deleteFrom('oidc_records').where('expires_at', '<', now).execute();
  await db.deleteFrom('email_codes').where('expires_at', '<', now).execute();
  await db
    .deleteFrom('mails')
    .where('created_at', '<', now - KEPT_MAIL_LIFETIME_MS)
    .execute();
}
