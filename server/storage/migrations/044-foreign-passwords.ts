import { type Kysely, sql } from 'kysely';

/** Passwords as other systems hash them, and what it takes to check one: no refusal may be faster than the slowest. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('accounts').addColumn('foreign_password', 'text').execute();
  await db.schema.alterTable('accounts').addColumn('foreign_password_cost', 'integer').execute();
  await sql`create index accounts_foreign_password_cost on accounts (realm, foreign_password_cost, id)
    where foreign_password_cost is not null`.execute(db);
}
