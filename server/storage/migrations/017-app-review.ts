import type { Kysely } from 'kysely';

/**
 * Apps are reviewed before real people meet them, and prove their domains. What is there already has neither column, and so is approved and
 * proven: the new rules are for what is registered from now on.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [table, column, type] of [
    ['apps', 'suspended_at', 'bigint'],
    ['apps', 'suspension_reason', 'text'],
    ['apps', 'requested_name', 'text'],
    ['apps', 'name_refusal', 'text'],
    ['environments', 'review', 'text'],
    ['environments', 'review_reason', 'text'],
    ['environments', 'reviewed_at', 'bigint'],
    ['environments', 'domains', 'text'],
  ] as const) {
    await db.schema.alterTable(table).addColumn(column, type).execute();
  }
}
