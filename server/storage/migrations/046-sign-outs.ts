import type { Kysely } from 'kysely';

/** Counts how often everything that was signed in as an account has been ended, so that a sign-in from before cannot begin a session after it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('accounts')
    .addColumn('sign_out_count', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}
