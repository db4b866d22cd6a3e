import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT } from '../scripts/run.ts';
import { onShare } from './cores.ts';

/** A URL in the line that a server prints when it is ready. */
const URL_LINE = /http:\/\/[\w.]+:\d+/;
const POLL_MS = 10;
/** For a busy machine. */
const READY_DEADLINE_MS = 120_000;
const STOP_DEADLINE_MS = 15_000;

export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  /** Asks a server of servers/platform.ts what memory it uses. */
  memory(): Promise<NodeJS.MemoryUsage>;
  /** Sends SIGTERM, and SIGKILL to a server that does not end by it. */
  stop(): Promise<void>;
}

export interface Launch {
  /** A program, by default Node, and what it is told. */
  readonly program?: string;
  readonly words: readonly string[];
  /** Beside PATH, which is all that it gets of this process's, because a build or a shell may have set more. */
  readonly env?: Readonly<Record<string, string>>;
  /** Default: the repository's root. */
  readonly cwd?: string;
  /** Where it will listen, and a path that answers with success once it is ready. Default: a line that it prints tells where it listens. */
  readonly readyAt?: { readonly url: string; readonly path: string };
  /** Whether it has a processor of its own. Default: yes. */
  readonly pinned?: boolean;
}

/** Starts a server in its own process. @throws Error when it ends, or takes too long, before it is ready */
export async function startServer({ program, words, env, cwd, readyAt, pinned }: Launch): Promise<ServerProcess> {
  const command = [program ?? process.execPath, ...words];
  const [first = '', ...rest] = pinned === false ? command : onShare('server', command);
  const child = spawn(first, rest, {
    cwd: cwd ?? ROOT,
    env: { PATH: process.env['PATH'], ...env },
    // The channel ends with this process, however it ends, and a server of ours with the channel: see servers/with-parent.ts.
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  try {
    await once(child, 'spawn');
    const { pid } = child;
    if (pid === undefined) throw new Error(`${first} did not start`);
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`${command.join(' ')} ended with ${code} before it was ready`);
    });
    const deadline = delay(READY_DEADLINE_MS, undefined, { ref: false }).then(() => {
      throw new Error(`${command.join(' ')} was not ready in time`);
    });
    const ready = readyAt ? untilReady(child, readyAt) : urlLineOf(child);
    const url = await Promise.race([ready, ended, deadline]);
    ended.catch(() => {});
    deadline.catch(() => {});
    return { url, pid, memory: () => memoryOf(child), stop: () => stop(child) };
  } catch (error) {
    await stop(child);
    throw error;
  }
}

/** Starts servers, each under a name, and stops them when the work is done. */
export async function withServers<Name extends string, Result>(
  launches: Readonly<Record<Name, Launch>>,
  work: (servers: Record<Name, ServerProcess>) => Promise<Result>,
): Promise<Result> {
  const started: ServerProcess[] = [];
  const servers = {} as Record<Name, ServerProcess>;
  try {
    for (const name in launches) {
      servers[name] = await startServer(launches[name]);
      started.push(servers[name]);
    }
    return await work(servers);
  } finally {
    await Promise.all(started.map((server) => server.stop()));
  }
}

async function urlLineOf(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the process has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const [found] = URL_LINE.exec(line) ?? [];
    if (found) {
      // Further output is discarded, so that it does not fill the pipe.
      child.stdout.resume();
      return found;
    }
  }
  throw new Error('the process ended before it was ready');
}

async function untilReady(child: ChildProcess, { url, path }: { url: string; path: string }): Promise<string> {
  child.stdout?.resume();
  const isReady = () =>
    fetch(url + path).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('the process ended before it was ready');
    await delay(POLL_MS);
  }
  return url;
}

async function memoryOf(child: ChildProcess): Promise<NodeJS.MemoryUsage> {
  const answer = once(child, 'message');
  child.send('memory');
  const [memory] = (await answer) as [NodeJS.MemoryUsage];
  return memory;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS);
  await exit;
  clearTimeout(timer);
}
