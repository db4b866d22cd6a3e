import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { linkRelease } from '../scripts/release/linked-release.ts';
import { ALLOCATOR, NODE_FLAGS } from '../scripts/release/release.ts';
import { ROOT } from '../scripts/run.ts';
import { freePort } from '../server/testing/free-port.ts';
import { startServer } from './process.ts';
import { residentMb, totalProcessorTimeMs } from './processor-time.ts';
import { type Findings, judge } from './report.ts';
import { PRODUCTION, withStage } from './stage.ts';
import { type Spread, spreadOf } from './statistics.ts';
import { runWrk } from './wrk.ts';

const STARTS = 5;
const REST_MS = 3_000;
const LOAD = { connections: 16, seconds: 4 };

/** What a start costs, and what memory the server takes at rest and after load, of a release; and of the sources beside it. */
export async function starts(): Promise<Findings> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-release-'));
  try {
    await linkRelease(directory);
    const afterLoad = await memoryAfterLoad(directory);
    const release = await measure(directory, [...NODE_FLAGS, 'start.js'], ALLOCATOR);
    const sources = await measure(ROOT, ['server/main.ts'], {});
    return {
      verdicts: [
        judge('start-cpu', release.cpuMs, `sources ${Math.round(sources.cpuMs.median)} ms`),
        judge('memory-rest', release.memoryMb, `sources ${Math.round(sources.memoryMb.median)} MB`),
        judge('memory-load', afterLoad.rest, `highest meanwhile ${Math.round(afterLoad.highest)} MB`),
      ],
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A few starts with a database that is there already: the first start makes it, and does not count. */
async function measure(directory: string, words: readonly string[], env: Readonly<Record<string, string>>) {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-start-'));
  try {
    const found: { cpuMs: number; memoryMb: number }[] = [];
    for (let start = 0; start <= STARTS; start += 1)
      found.push(await startOnce(directory, words, { ...env, DATA_DIR: dataDir }));
    const counted = found.slice(1);
    const spread = (pick: (start: { cpuMs: number; memoryMb: number }) => number): Spread =>
      spreadOf(counted.map(pick));
    return { cpuMs: spread(({ cpuMs }) => cpuMs), memoryMb: spread(({ memoryMb }) => memoryMb) };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function startOnce(directory: string, words: readonly string[], settings: Readonly<Record<string, string>>) {
  const port = String(await freePort());
  const server = await startServer({
    words,
    cwd: directory,
    env: { LOG_LEVEL: 'silent', ...PRODUCTION, ...settings, PORT: port },
    readyAt: { url: `http://127.0.0.1:${port}`, path: '/readyz' },
    pinned: false,
  });
  try {
    const cpuMs = totalProcessorTimeMs(server.pid);
    await delay(REST_MS);
    return { cpuMs, memoryMb: residentMb(server.pid) };
  } finally {
    await server.stop();
  }
}

/** Of a release that has answered machines, vendors, people who come back and people with a password, each at full load for a while. */
function memoryAfterLoad(release: string): Promise<{ rest: number; highest: number }> {
  return withStage(
    async ({ server: { url, pid }, login, reads, popups, signIns }) => {
      const held: number[] = [];
      for (const load of [
        { url, requests: [login] },
        { url, requests: reads },
        { url, requests: popups },
        { url, requests: signIns, status: 303 },
      ]) {
        await runWrk(load, LOAD);
        held.push(residentMb(pid));
      }
      await delay(REST_MS);
      return { rest: residentMb(pid), highest: Math.max(...held) };
    },
    { release },
  );
}
