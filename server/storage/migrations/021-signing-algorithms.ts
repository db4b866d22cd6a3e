import { type Kysely, sql } from 'kysely';

/**
 * A realm has keys of several algorithms, and of each algorithm one newest key. All keys so far are ES256. So are the ID tokens of the apps
 * that there are, because their backends check it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('apps')
    .addColumn('id_token_alg', 'text', (column) => column.notNull().defaultTo('ES256'))
    .execute();

  // SQLite cannot change a constraint, so the table is made anew.
  await db.schema
    .createTable('signing_keys_by_alg')
    .addColumn('kid', 'text', (column) => column.primaryKey())
    .addColumn('realm', 'text', (column) => column.notNull())
    .addColumn('alg', 'text', (column) => column.notNull())
    .addColumn('active', 'bigint')
    .addColumn('private_jwk', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('signs_from', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('signing_keys_newest', ['realm', 'alg', 'active'])
    .execute();
  await sql`insert into signing_keys_by_alg (kid, realm, alg, active, private_jwk, created_at, signs_from)
    select kid, realm, 'ES256', active, private_jwk, created_at, coalesce(signs_from, created_at) from signing_keys`.execute(
    db,
  );
  await db.schema.dropTable('signing_keys').execute();
  await db.schema.alterTable('signing_keys_by_alg').renameTo('signing_keys').execute();
}
