import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readConfig } from '../server/config.ts';
import { makePeople } from '../server/delivery/cli/testing/make-people.ts';
import { startPlatform } from '../server/platform.ts';
import { startPostgres } from '../server/storage/testing/postgres.ts';
import type { BarName } from './bars.ts';
import { residentMb } from './processor-time.ts';
import { type Findings, judge, type Verdict } from './report.ts';

/** `BENCH_PEOPLE=1000000` tries a million. */
const PEOPLE = Number(process.env['BENCH_PEOPLE'] ?? 100_000);
const SAMPLE_MS = 250;
const COMMAND = new URL('../server/delivery/cli/platform.ts', import.meta.url).pathname;

/** How fast people are brought from another system, with their hashes as they are, while a server of the same database serves. */
export async function imports(): Promise<Findings> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-import-'));
  const file = join(directory, 'people.ndjson');
  const cluster = await startPostgres();
  try {
    async function* lines() {
      for (const line of makePeople(PEOPLE)) yield `${line}\n`;
    }
    await pipeline(Readable.from(lines()), createWriteStream(file));
    const databaseUrl = await cluster.createDatabase();
    return {
      verdicts: [
        ...(await measure(file, { DATA_DIR: join(directory, 'sqlite') }, 'import-sqlite', 'import-memory')),
        ...(await measure(file, { DATA_DIR: directory, DATABASE_URL: databaseUrl }, 'import-postgres')),
      ],
    };
  } finally {
    await cluster.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function measure(
  file: string,
  settings: Record<string, string>,
  bar: BarName,
  memoryBar?: BarName,
): Promise<Verdict[]> {
  const server = await startPlatform(readConfig({ ...settings, PORT: '0', LOG_LEVEL: 'silent' }));
  const slowest = watchHealth(server.url);
  const rejects = `${file}.rejects`;
  const child = spawn(process.execPath, [COMMAND, 'import', file, '--rejects', rejects, '--json'], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const memoryMb: number[] = [];
  const sampling = setInterval(() => {
    if (child.pid !== undefined) memoryMb.push(residentMb(child.pid));
  }, SAMPLE_MS);
  child.once('exit', () => clearInterval(sampling));
  let printed = '';
  for await (const chunk of child.stdout) printed += String(chunk);
  clearInterval(sampling);
  const slowestMs = await slowest();
  await server.close();
  const { created, rejected, seconds } = JSON.parse(printed) as Record<'created' | 'rejected' | 'seconds', number>;
  const perRow = (seconds * 1_000_000) / PEOPLE;
  const rate = Math.round(PEOPLE / seconds).toLocaleString('en');
  const note = `${rate} rows a second, ${created} created, ${rejected} rejected; /healthz of the server meanwhile at most ${slowestMs} ms`;
  // The first seconds load what is needed.
  const [early = 1, late = 1] = [memoryMb[Math.floor(memoryMb.length / 4)], memoryMb.at(-2)];
  return [
    judge(bar, perRow, note),
    ...(memoryBar === undefined ? [] : [judge(memoryBar, late / early, `${Math.round(late)} MB at the end`)]),
  ];
}

/** Asks the server all the while. @returns what ends it, and gives the slowest answer in milliseconds */
function watchHealth(url: string): () => Promise<number> {
  let [isOver, slowestMs] = [false, 0];
  const watching = (async () => {
    while (!isOver) {
      const startMs = performance.now();
      await fetch(`${url}/healthz`);
      slowestMs = Math.max(slowestMs, performance.now() - startMs);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  return async () => {
    isOver = true;
    await watching;
    return Math.round(slowestMs);
  };
}
