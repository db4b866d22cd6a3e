import type { Kysely } from 'kysely';

/**
 * What an app of the sandbox would mail is kept in that app's inbox, so mails know their realm, their app and the account that they are
 * about, and accounts of the sandbox know the app through whose popup they were made. Mails and accounts of before know none of that.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const mails = () => db.schema.alterTable('mails');
  await mails().addColumn('realm', 'text').execute();
  await mails()
    .addColumn('app_id', 'text', (column) => column.references('apps.id').onDelete('cascade'))
    .execute();
  for (const column of ['account_id', 'link', 'code']) await mails().addColumn(column, 'text').execute();
  await db.schema.createIndex('mails_inbox').on('mails').columns(['app_id', 'created_at', 'id']).execute();
  await db.schema.createIndex('mails_account').on('mails').column('account_id').execute();

  await db.schema
    .alterTable('accounts')
    .addColumn('sandbox_app_id', 'text', (column) => column.references('apps.id').onDelete('set null'))
    .execute();
  await db.schema.createIndex('accounts_sandbox_app').on('accounts').column('sandbox_app_id').execute();

  // The invitations of before were all mailed, so whoever has the code of one reads that address's mail.
  await db.schema.alterTable('app_invitations').addColumn('mailed_at', 'bigint').execute();
  const invitations = db as Kysely<{ app_invitations: { mailed_at: number | null; created_at: number } }>;
  await invitations
    .updateTable('app_invitations')
    .set(({ ref }) => ({ mailed_at: ref('created_at') }))
    .execute();
}
