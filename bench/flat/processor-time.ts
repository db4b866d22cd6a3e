import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import type { Database } from '../../server/storage/database.ts';

/** As the kernel counts processor time. */
const TICKS_PER_SECOND = 100;

/** Of this process, and its threads. */
export function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** By process of PostgreSQL that serves a database; none on SQLite. Linux alone says it (proc(5), fields 14 and 15). */
export async function databaseCpu({ db, pool }: Database): Promise<ReadonlyMap<number, number>> {
  if (!pool) return new Map();
  const { rows } = await sql<{ pid: number }>`select pid from pg_stat_activity
    where datname = current_database() and backend_type = 'client backend'`.execute(db);
  return new Map(
    rows.map(({ pid }) => {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return [pid, ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND];
    }),
  );
}

/** What processes used between two moments. Those that have ended meanwhile are left out. */
export function usedMs(before: ReadonlyMap<number, number>, after: ReadonlyMap<number, number>): number {
  return [...after].reduce((sum, [pid, ms]) => sum + ms - (before.get(pid) ?? 0), 0);
}
