import { type Kysely, sql } from 'kysely';

/**
 * Accounts have a phone number that the operator's own system has verified, and values of the operator's own fields. Both are columns, because an
 * account is read with one row. Of imported people, the import has kept the number; who has changed it since has not had it verified.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('accounts').addColumn('verified_phone_number', 'text').execute();
  await db.schema.alterTable('accounts').addColumn('own_claims', 'text').execute();
  // Which fields that need it the operator has approved of an app.
  await db.schema.alterTable('apps').addColumn('approved_fields', 'text').execute();
  await sql`update accounts set verified_phone_number = phone_number where id in (
    select account_id from imported_accounts where imported_accounts.verified_phone_number = accounts.phone_number
      and imported_accounts.account_id = accounts.id)`.execute(db);
}
