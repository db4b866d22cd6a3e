import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { linkRelease } from '../scripts/release/linked-release.ts';
import { ALLOCATOR, NODE_FLAGS } from '../scripts/release/release.ts';
import { ROOT } from '../scripts/run.ts';
import { freePort } from '../server/testing/free-port.ts';
import { median, type Row } from './report.ts';

const STARTS = 5;
/** As the kernel counts processor time. */
const TICKS_PER_SECOND = 100;
const REST_MS = 3_000;
const POLL_MS = 10;
const CPU_BAR_MS = 800;
const MEMORY_BAR_MB = 120;

/** What a start costs, and what the server takes at rest, of a release and of the sources. Linux alone says both of another process. */
export async function starts(): Promise<Row[]> {
  if (process.platform !== 'linux') return [];
  const directory = mkdtempSync(join(tmpdir(), 'bench-release-'));
  try {
    await linkRelease(directory);
    const release = await measure(directory, [...NODE_FLAGS, 'start.js'], ALLOCATOR);
    const sources = await measure(ROOT, ['server/main.ts'], {});
    return [
      {
        what: 'a release, processor time until it is ready',
        measured: `${Math.round(release.cpuMs)} ms`,
        bar: `≤ ${CPU_BAR_MS} ms; sources ${Math.round(sources.cpuMs)} ms`,
        met: release.cpuMs <= CPU_BAR_MS,
      },
      {
        what: 'a release at rest, resident memory',
        measured: `${Math.round(release.memoryMb)} MB`,
        bar: `≤ ${MEMORY_BAR_MB} MB; sources ${Math.round(sources.memoryMb)} MB`,
        met: release.memoryMb <= MEMORY_BAR_MB,
      },
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The median of a few starts with a database that is there already: the first start makes it, and does not count. */
async function measure(directory: string, words: readonly string[], env: Readonly<Record<string, string>>) {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-start-'));
  try {
    const found: { cpuMs: number; memoryMb: number }[] = [];
    for (let start = 0; start <= STARTS; start += 1)
      found.push(await startOnce(directory, words, { ...env, DATA_DIR: dataDir }));
    const counted = found.slice(1);
    return {
      cpuMs: median(counted.map(({ cpuMs }) => cpuMs)),
      memoryMb: median(counted.map(({ memoryMb }) => memoryMb)),
    };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function startOnce(directory: string, words: readonly string[], settings: Readonly<Record<string, string>>) {
  const port = await freePort();
  const { PATH = '' } = process.env;
  const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://id.example', SMTP_URL: 'smtp://127.0.0.1:9' };
  const child = spawn(process.execPath, words, {
    cwd: directory,
    env: { PATH, LOG_LEVEL: 'silent', ...production, ...settings, PORT: String(port) },
    stdio: 'inherit',
  });
  const exit = once(child, 'exit');
  while (!(await isReady(port))) {
    if (child.exitCode !== null) throw new Error(`${words.join(' ')} ended with ${child.exitCode}.`);
    await delay(POLL_MS);
  }
  const cpuMs = processorTimeOf(child);
  await delay(REST_MS);
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  const memoryMb = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  child.kill('SIGTERM');
  await exit;
  return { cpuMs, memoryMb };
}

const isReady = (port: number) =>
  fetch(`http://127.0.0.1:${port}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );

/** Of all its threads, in the program and in the kernel (proc(5), fields 14 and 15). */
function processorTimeOf({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
}
