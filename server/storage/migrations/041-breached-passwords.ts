import type { Kysely } from 'kysely';

/** Accounts may be asked for a new password. Of those that are there, nothing is known before their next sign-in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('accounts').addColumn('new_password_due_at', 'bigint').execute();
}
