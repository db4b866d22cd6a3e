import type { Kysely } from 'kysely';

/** Apps may choose how long their credentials live. What is there already has the default, which is an hour now and was 5 minutes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('apps').addColumn('credential_lifetime', 'integer').execute();
}
