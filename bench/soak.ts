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
import { startServer } from './process.ts';
import type { Row } from './report.ts';
import { SoakLoad } from './soak-load.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const WARM_UP_MINUTES = 1;
const WORKERS = 6;
/** For what is written behind. */
const SETTLE_MS = 5_000;
const URL_LINE = /http:\/\/[\w.]+:\d+/;
/** What is kept on purpose. */
const KEPT = new Set(['audit_log', 'audit_addresses', 'audit_refusals', 'kysely_migration', 'kysely_migration_lock']);
const WINDOWS = 4;
/** Of what is in use once the garbage is collected: live objects, to which a leak would add in each window. */
const USED_BAR = 1.1;
/**
 * Of the resident set. The allocator and V8 keep what a busy moment needed, such as 19 MB for each of several password hashes, so it goes up
 * and down between windows.
 */
const RESIDENT_BAR = 1.2;

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
export async function soak(minutes: number): Promise<Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'platform-soak-'));
  const env = { PORT: '0', DATA_DIR: dataDir, API_QUOTA_PER_HOUR: '1000000000' };
  const server = await startServer(['--expose-gc', 'bench/servers/platform.ts'], env, URL_LINE);
  const url = server.ready.replace('127.0.0.1', 'localhost');
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
      const { heapUsed, external, rss } = (await server.usage()).memory;
      used.push((heapUsed + external) / 1e6);
      resident.push(rss / 1e6);
    }
    const after = await remains(database);
    return [
      {
        what: `soak of ${minutes} min, ${load.requests} acts, ${load.hostile} hostile: failures of the server`,
        measured: load.failures.length === 0 ? '0' : `${load.failures.length}: ${load.failures.slice(0, 3).join('; ')}`,
        bar: '0',
        met: load.failures.length === 0,
      },
      plateau('soak: memory in use, garbage collected, MB', used, USED_BAR),
      plateau('soak: resident memory, MB', resident, RESIDENT_BAR),
      {
        what: 'soak: rows of tables that have grown, audit log aside',
        measured: grown(before.rows, after.rows) || 'none',
        bar: 'none',
        met: grown(before.rows, after.rows) === '',
      },
      within('soak: database file in use, audit log aside, kB', before.usedBytes / 1e3, after.usedBytes / 1e3, 1.05),
    ];
  } finally {
    await server.stop();
    await database.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function grown(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): string {
  return [...after]
    .filter(([table, rows]) => rows > (before.get(table) ?? 0))
    .map(([table, rows]) => `${table} ${before.get(table)} → ${rows}`)
    .join(', ');
}

function within(what: string, before: number, after: number, bar: number): Row {
  return {
    what,
    measured: `${before.toFixed(0)} → ${after.toFixed(0)}`,
    bar: `≤ ${bar} ×`,
    met: after <= before * bar,
  };
}

/** By windows of the same load: the later ones, on average, are not above the first ones. */
function plateau(what: string, windows: readonly number[], bar: number): Row {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const half = windows.length / 2;
  return {
    what,
    measured: windows.map((value) => value.toFixed(0)).join(' → '),
    bar: `second half ≤ ${bar} × first`,
    met: mean(windows.slice(half)) <= mean(windows.slice(0, half)) * bar,
  };
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
