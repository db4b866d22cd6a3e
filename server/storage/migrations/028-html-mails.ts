import type { Kysely } from 'kysely';

/** Mails are HTML besides text. Those that wait to be sent stay text. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('mails').addColumn('html', 'text').execute();
}
