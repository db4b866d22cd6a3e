import { readFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database } from '../../server/storage/database.ts';

/** As the kernel counts processor time. */
const TICKS_PER_SECOND = 100;

/** Of this process, and its threads. */
export function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Of the processes of PostgreSQL that serve a database; 0 on SQLite, which has none. Linux alone says it (proc(5), fields 14 and 15). */
export async function databaseCpuMs({ db, pool }: Database): Promise<number> {
  if (!pool) return 0;
  const { rows } = await sql<{
    pid: number;
  }>`select pid from pg_stat_activity where datname = current_database()`.execute(db);
  const ticks = rows.map(({ pid }) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return Number(fields[11]) + Number(fields[12]);
  });
  return (ticks.reduce((sum, each) => sum + each, 0) * 1000) / TICKS_PER_SECOND;
}

/** Does something, and looks at each turn of the event loop meanwhile. @returns the longest, in processor time of this thread */
export async function longestTurnMs(work: () => Promise<unknown>): Promise<number> {
  let isOver = false;
  const done = work().finally(() => {
    isOver = true;
  });
  let longest = 0;
  let before = threadCpuMs();
  while (!isOver) {
    await nextTurn();
    const now = threadCpuMs();
    longest = Math.max(longest, now - before);
    before = now;
  }
  await done;
  return longest;
}

function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
