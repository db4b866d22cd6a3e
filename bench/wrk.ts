import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ensureProgram } from '../scripts/system-packages.ts';
import { onShare } from './cores.ts';
import { processorTimeMs } from './processor-time.ts';
import { type Answers, type Load, readAnswers, wrkScript } from './wrk-script.ts';

const WRK_PATHS = ['/usr/bin/wrk', '/usr/local/bin/wrk', '/opt/homebrew/bin/wrk'];
/** How often its processor time is read; the last reading before it ends counts. */
const POLL_MS = 50;
/** What it may take beyond the time that it was told to. */
const GRACE_MS = 30_000;

export interface WrkOptions {
  readonly seconds: number;
  readonly connections: number;
  /** See {@link wrkScript}. */
  readonly pauseMs?: number;
}

export interface WrkRun extends Answers {
  /** How many acts of the load ended. */
  readonly acts: number;
  /** How much of its processor wrk itself used: near 1, it is the limit, and not the server. */
  readonly busy: number;
}

/** Finds wrk, or installs the distribution's package as root. @throws Error when there is none */
export async function ensureWrk(): Promise<string> {
  const found = await ensureProgram(WRK_PATHS, ['wrk']);
  if (found === undefined) throw new Error('There is no wrk. Install the package `wrk`.');
  return found;
}

/**
 * Sends a load for some seconds, on the load's own processor.
 * @throws Error when any answer is another than the load expects, because fast refusals would count as speed
 */
export async function runWrk(load: Load, { seconds, connections, pauseMs }: WrkOptions): Promise<WrkRun> {
  const wrk = await ensureWrk();
  const directory = mkdtempSync(join(tmpdir(), 'bench-wrk-'));
  try {
    const script = join(directory, 'load.lua');
    writeFileSync(script, wrkScript(load, pauseMs));
    const options = ['-t', '1', '-c', String(connections), '-d', `${seconds}s`, '--timeout', '30s', '-s', script];
    const { output, busy } = await runMeasured(onShare('load', [wrk, ...options, load.url]), seconds);
    const answers = readAnswers(output);
    const { status = 200, also = [] } = load;
    const strange = [...answers.byStatus.keys()].filter((each) => each !== status && !also.includes(each));
    const acts = answers.byStatus.get(status) ?? 0;
    if (answers.failed > 0 || strange.length > 0 || acts === 0) {
      const counts = [...answers.byStatus].map(([each, count]) => `${each} ${count} times`).join(', ');
      throw new Error(`${load.url}${load.requests[0]?.path}: answered ${counts}; ${answers.failed} errors`);
    }
    return { ...answers, acts, busy };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function runMeasured([program = '', ...words]: readonly string[], seconds: number) {
  const child = spawn(program, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: seconds * 1_000 + GRACE_MS,
    killSignal: 'SIGKILL',
  });
  const { pid } = child;
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk));
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve());
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const startMs = performance.now();
  let busy = 0;
  try {
    while (pid !== undefined && child.exitCode === null && child.signalCode === null) {
      busy = processorTimeMs(pid) / (performance.now() - startMs) || busy;
      await Promise.race([ended, delay(POLL_MS)]);
    }
    await ended;
    return { output, busy };
  } finally {
    process.off('exit', kill);
    kill();
  }
}
