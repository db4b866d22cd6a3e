import type { Database } from '../../storage/database.ts';
import type { Tables } from '../../storage/tables.ts';

/** Left out: what a refused request may leave, too. */
const TRACES: ReadonlySet<string> = new Set(['sessions', 'audit_log', 'rate_limits', 'app_events']);

/** Every row of every table, for comparing before and after. */
export async function contentOf({ db }: Pick<Database, 'db'>): Promise<Record<string, unknown[]>> {
  const tables = await db.introspection.getTables();
  const content: Record<string, unknown[]> = {};
  for (const { name } of tables) {
    if (!TRACES.has(name))
      content[name] = await db
        .selectFrom(name as keyof Tables)
        .selectAll()
        .execute();
  }
  return content;
}
