import type { Kysely } from 'kysely';

/** By which session at another login somebody is signed in here, and which of those have ended. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['upstream_subject_hash', 'upstream_session_hash']) {
    await db.schema.alterTable('sessions').addColumn(column, 'text').execute();
    await db.schema
      .createIndex(`sessions_${column}`)
      .on('sessions')
      .columns(['realm', column])
      .where(column as never, 'is not', null)
      .execute();
  }
  await db.schema
    .createTable('upstream_logouts')
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('key_hash', 'text', (column) => column.notNull())
    .addColumn('noted_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('upstream_logouts_key', ['realm', 'key_hash'])
    .execute();
  await db.schema.createIndex('upstream_logouts_expiry').on('upstream_logouts').column('expires_at').execute();
}
