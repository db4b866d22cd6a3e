import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { readConfig } from '../server/config.ts';
import { deleteDueAccounts } from '../server/domain/accounts/deletion.ts';
import { hashPassword } from '../server/domain/accounts/passwords.ts';
import { type Database, openDatabase } from '../server/storage/database.ts';
import { createStorage } from '../server/storage/index.ts';
import { sweep } from '../server/storage/sweeper.ts';
import type { BarName } from './bars.ts';
import { startServer } from './process.ts';
import { type Findings, judge, type Verdict } from './report.ts';
import { SoakLoad } from './soak-load.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const WARM_UP_MINUTES = 1;
const WORKERS = 6;
/** For what is written behind. */
const SETTLE_MS = 5_000;
/** What is kept on purpose. */
const KEPT = new Set(['audit_log', 'audit_addresses', 'audit_refusals', 'kysely_migration', 'kysely_migration_lock']);
const WINDOWS = 4;

/** What a load has left behind once its time has passed. */
interface Remains {
  /** By table. */
  rows: ReadonlyMap<string, number>;
  /** Pages of the database file that are in use, without those of the audit log. */
  usedBytes: number;
}

/**
 * Whether the platform is, after minutes of mixed load of which one request in twenty is hostile, what it was before: its memory, its rows
 * and its file. A minute of the same load comes first, so that caches are filled and the file has its size. Afterwards the people who
 * signed up leave, and the sweeper runs as it would in two months.
 */
export async function soak(minutes: number): Promise<Findings> {
  const dataDir = mkdtempSync(join(tmpdir(), 'platform-soak-'));
  const env = { PORT: '0', DATA_DIR: dataDir, API_QUOTA_PER_HOUR: '1000000000' };
  const server = await startServer({ words: ['--expose-gc', 'bench/servers/platform.ts'], env, pinned: false });
  const url = server.url.replace('127.0.0.1', 'localhost');
  const database = openDatabase(readConfig(env));
  try {
    const load = await SoakLoad.create(url, createStorage(database), await hashPassword(SoakLoad.PASSWORD));
    await load.run(WARM_UP_MINUTES * 60_000, WORKERS);
    const before = await remains(database);
    load.reset();
    const used: number[] = [];
    const resident: number[] = [];
    for (let window = 0; window < WINDOWS; window += 1) {
      await load.run((minutes * 60_000) / WINDOWS, WORKERS);
      await delay(SETTLE_MS);
      const { heapUsed, external, rss } = await server.memory();
      used.push((heapUsed + external) / 1e6);
      resident.push(rss / 1e6);
    }
    const after = await remains(database);
    const failures = load.failures.slice(0, 3).join('; ');
    const acts = `${minutes} min, ${load.requests} acts, ${load.hostile} hostile`;
    const grown = grownTables(before.rows, after.rows);
    return {
      verdicts: [
        judge('soak-failures', load.failures.length, [acts, failures].filter(Boolean).join(': ')),
        plateau('soak-used', used),
        plateau('soak-resident', resident),
        judge('soak-rows', grown.length, grown.join(', ') || 'none'),
        judge('soak-file', after.usedBytes / before.usedBytes, kilobytes(before.usedBytes, after.usedBytes)),
      ],
    };
  } finally {
    await server.stop();
    await database.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function grownTables(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): string[] {
  return [...after]
    .filter(([table, rows]) => rows > (before.get(table) ?? 0))
    .map(([table, rows]) => `${table} ${before.get(table)} → ${rows}`);
}

const kilobytes = (before: number, after: number) => `${Math.round(before / 1e3)} → ${Math.round(after / 1e3)} kB`;

/** By windows of the same load: the later ones, on average, against the first ones. */
function plateau(bar: BarName, windows: readonly number[]): Verdict {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const half = windows.length / 2;
  const note = `${windows.map((value) => value.toFixed(0)).join(' → ')} MB`;
  return judge(bar, mean(windows.slice(half)) / mean(windows.slice(0, half)), note);
}

async function remains(database: Database): Promise<Remains> {
  await delay(SETTLE_MS);
  await passTime(database, 60);
  // What was kept of those who left then has expired, too.
  await passTime(database, 62);
  const { db } = database;
  const rows = new Map<string, number>();
  for (const { name } of await db.introspection.getTables()) {
    if (KEPT.has(name)) continue;
    const { rows: counted } = await sql<{ n: number }>`select count(*) as n from ${sql.table(name)}`.execute(db);
    rows.set(name, Number(counted[0]?.n));
  }
  return { rows, usedBytes: await usedBytes(database) };
}

/** Days pass: whoever signed up has left, and what expires has expired. */
async function passTime({ db }: Database, days: number): Promise<void> {
  const { now } = Date;
  const leaving = { deletion_due_at: now() - 1 };
  await db.updateTable('accounts').set(leaving).where('email', 'like', 'soak-%').execute();
  Date.now = () => now() + days * DAY_MS;
  try {
    while ((await deleteDueAccounts(createStorage({ db }), { error: console.error })) > 0);
    await sweep(db);
  } finally {
    Date.now = now;
  }
}

async function usedBytes({ db }: Database): Promise<number> {
  const { rows } = await sql<{ used: number }>`select sum(pgsize) as used from dbstat
    where name not like 'audit%' and name not like 'sqlite_autoindex_audit%'`.execute(db);
  return Number(rows[0]?.used ?? 0);
}
