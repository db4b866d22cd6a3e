import { type Kysely, sql } from 'kysely';

/**
 * A browser has copies of the sandbox's test people, one of each. All copies of one have the same address, which says nothing about whose
 * it is: only the copy's browser finds an account by it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('accounts').addColumn('browser_hash', 'text').execute();
  await sql`drop index accounts_persona`.execute(db);
  await sql`create unique index accounts_persona on accounts (realm, persona)
    where persona is not null and browser_hash is null`.execute(db);
  await sql`create unique index accounts_copy on accounts (realm, browser_hash, persona)
    where browser_hash is not null`.execute(db);
  await sql`drop index accounts_verified_email`.execute(db);
  await sql`create unique index accounts_verified_email on accounts (realm, email_key)
    where email_verified_at is not null and browser_hash is null
    and (realm = 'production' or sandbox_app_id is null)`.execute(db);
}
