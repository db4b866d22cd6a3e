import { type Kysely, PostgresAdapter, sql } from 'kysely';

/** What has ended stays ended, and what is written in the audit log stays written. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('sessions').addColumn('ended_at', 'bigint').execute();

  // SQLite has no truncate: there it is a delete, which migration 003 refuses.
  if (db.getExecutor().adapter instanceof PostgresAdapter) {
    await sql`create trigger audit_log_no_truncate before truncate on audit_log for each statement execute function audit_log_is_append_only()`.execute(
      db,
    );
  }
}
