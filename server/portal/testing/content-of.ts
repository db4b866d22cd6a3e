import type { Database } from '../../storage/database.ts';
import type { Tables } from '../../storage/tables.ts';

/**
 * Left out: what a refused request may leave, too, such as its answer, in case it is sent again; and what is written a moment after the
 * request that it tells of.
 */
const TRACES: ReadonlySet<string> = new Set([
  'sessions',
  'audit_log',
  'rate_limits',
  'app_events',
  'disclosures',
  'submissions',
]);

/** Every row of every table, for comparing before and after. */
export async function contentOf({ db }: Pick<Database, 'db'>): Promise<Record<string, unknown[]>> {
  const tables = await db.introspection.getTables();
  const content: Record<string, unknown[]> = {};
  for (const { name } of tables) {
    if (TRACES.has(name)) continue;
    const rows: Record<string, unknown>[] = await db
      .selectFrom(name as keyof Tables)
      .selectAll()
      .execute();
    content[name] = rows.map(({ last_used_at: _, ...row }) => row);
  }
  return content;
}
