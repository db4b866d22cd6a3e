import type { Kysely } from 'kysely';

/** Accounts may know a date of birth. Whoever is there has none, and no app asks for it until its owner says so. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('accounts').addColumn('birthdate', 'text').execute();
}
