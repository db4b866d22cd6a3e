import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { ROOT } from '../scripts/run.ts';

export interface Usage {
  memory: NodeJS.MemoryUsage;
  /** Processor time of all its threads since it began. */
  cpuMs: number;
}

export interface ServerProcess {
  /** The line that it printed when it was ready. */
  ready: string;
  /** Asks it what it uses, see servers/platform.ts. */
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

/** Starts a server in its own process, so that it does not share a thread with the measurement. @param ready matches its ready line */
export async function startServer(
  words: readonly string[],
  env: Record<string, string>,
  ready: RegExp,
): Promise<ServerProcess> {
  const child = spawn(process.execPath, words, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const usage = async () => {
    const answer = once(child, 'message');
    child.send('usage');
    const [used] = (await answer) as [Usage];
    return used;
  };
  return { ready: await lineOf(child, ready), usage, stop: () => stop(child) };
}

async function lineOf(child: ChildProcess, ready: RegExp): Promise<string> {
  if (!child.stdout) throw new Error('the process has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const [found] = ready.exec(line) ?? [];
    if (found) {
      // Further output is discarded, so that it does not fill the pipe.
      child.stdout.resume();
      return found;
    }
  }
  throw new Error('the process ended before it was ready');
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}
