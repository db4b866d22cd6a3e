import { type Kysely, sql } from 'kysely';

/**
 * An app is marked first and deleted in batches, so what there may be much of is found by an index. What an app was given before it was
 * stopped stays ended when it goes on: apps remember their last stop, and records when they were made. Those of before this version are
 * told by the second in which the engine made them. What people see of an app in production waits for the operator; so far only the name
 * did.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [table, column, type] of [
    ['apps', 'deleted_at', 'bigint'],
    ['apps', 'stopped_at', 'bigint'],
    ['apps', 'requested_changes', 'text'],
    ['apps', 'changed_in_review_at', 'bigint'],
    ['oidc_records', 'created_at', 'bigint'],
  ] as const) {
    await db.schema.alterTable(table).addColumn(column, type).execute();
  }
  await sql`update apps set stopped_at = coalesce(suspended_at, disabled_at)`.execute(db);
  const { rows } = await sql<Row>`select id, requested_name from apps where requested_name is not null`.execute(db);
  for (const { id, requested_name: name } of rows) {
    await sql`update apps set requested_changes = ${JSON.stringify({ name })}, requested_name = null where id = ${id}`.execute(
      db,
    );
  }
  await sql`create index apps_deleted on apps (deleted_at) where deleted_at is not null`.execute(db);
  await db.schema.createIndex('list_positions_client').on('list_positions').column('client_id').execute();
}

interface Row {
  id: string;
  requested_name: string;
}
