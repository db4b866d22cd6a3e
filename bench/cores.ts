import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Which processor does what: the measured server has one of its own, and whatever asks it has another. */
export type Share = 'server' | 'load';

/** The words that start a program on its share of the processors; on a machine with one, they are the program's own. */
export function onShare(share: Share, words: readonly string[]): string[] {
  const core = coreOf(share);
  return core === undefined ? [...words] : ['taskset', '-c', String(core), ...words];
}

/** Does something while this process, and what it starts meanwhile, stays off the server's processor. */
export async function offServerCore<Result>(work: () => Promise<Result>): Promise<Result> {
  const core = coreOf('load');
  if (core === undefined) return work();
  const pin = (cores: string) => execFileSync('taskset', ['-a', '-p', '-c', cores, String(process.pid)]);
  pin(String(core));
  try {
    return await work();
  } finally {
    pin(all.join(','));
  }
}

/** Which processor that is; undefined where there is nothing to divide. */
export function coreOf(share: Share): number | undefined {
  const [server, load] = all;
  return load === undefined ? undefined : { server, load }[share];
}

/** The processors that a list such as `0-2,5` names. */
export function readCores(list: string): number[] {
  return list.split(',').flatMap((range) => {
    const [from = Number.NaN, to = from] = range.split('-').map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}

function allowed(): number[] {
  if (process.platform !== 'linux') return [];
  return readCores(/Cpus_allowed_list:\s*(\S+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0');
}

/** Read before anything is pinned. */
const all = allowed();
