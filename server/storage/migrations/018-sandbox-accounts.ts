import { type Kysely, sql } from 'kysely';
import { emailKey } from '../email-key.ts';

/** Well below the number of rows that SQLite reads in one piece without stopping the event loop for long. */
const ROWS_AT_ONCE = 500;

/**
 * Accounts of the sandbox are their app's alone, so each app has an address verified once; those of no app, and those of production, as
 * before. Mails and invitations get the key of their address, because SQLite's `lower()` leaves capitals outside ASCII as they are.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop index accounts_verified_email`.execute(db);
  await sql`create unique index accounts_verified_email on accounts (realm, email_key)
    where email_verified_at is not null and (realm = 'production' or sandbox_app_id is null)`.execute(db);
  await sql`create unique index accounts_verified_email_of_app on accounts (realm, sandbox_app_id, email_key)
    where email_verified_at is not null and sandbox_app_id is not null`.execute(db);

  for (const [table, address, key] of [
    ['mails', 'recipient', 'recipient_key'],
    ['app_invitations', 'email', 'email_key'],
  ] as const) {
    await db.schema.alterTable(table).addColumn(key, 'text').execute();
    await fillKeys(db, { table, address, key });
  }
}

async function fillKeys(
  db: Kysely<unknown>,
  { table, address, key }: { table: string; address: string; key: string },
): Promise<void> {
  const [rows, from, to] = [sql.table(table), sql.ref(address), sql.ref(key)];
  for (let after = ''; ; ) {
    const page = await sql<{ id: string; address: string }>`select id, ${from} as address from ${rows}
      where id > ${after} order by id limit ${sql.lit(ROWS_AT_ONCE)}`.execute(db);
    for (const { id, address: text } of page.rows)
      await sql`update ${rows} set ${to} = ${emailKey(text)} where id = ${id}`.execute(db);
    const last = page.rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}
