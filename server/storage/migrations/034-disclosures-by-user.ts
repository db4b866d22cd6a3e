import { type Kysely, PostgresAdapter, sql } from 'kysely';

/**
 * One row for each user, way and set of fields, in place of one for each field: a backend that reads a user writes one row, in one tree.
 * Rows of before that were written together have the same time, and become one.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  await db.schema
    .createTable('disclosures_by_user')
    .addColumn('user_id', 'text', (column) => column.notNull().references('users.id').onDelete('cascade'))
    .addColumn('how', 'text', (column) => column.notNull())
    .addColumn('fields', 'text', (column) => column.notNull())
    .addColumn('last_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('disclosures_by_user_id', ['user_id', 'how', 'fields'])
    // On SQLite, the rows are in the tree of the key itself.
    .$call((table) => (isPostgres ? table : table.modifyEnd(sql`without rowid`)))
    .execute();
  for (const how of ['received', 'read'] as const) {
    const at = sql.ref(`${how}_at`);
    await sql`insert into disclosures_by_user (user_id, how, fields, last_at)
      select user_id, ${sql.lit(how)}, string_agg(field, ','), ${at} from disclosures
      where ${at} is not null group by user_id, ${at}`.execute(db);
  }
  await db.schema.dropTable('disclosures').execute();
  await db.schema.alterTable('disclosures_by_user').renameTo('disclosures').execute();
}
