import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { ensureProgram } from '../../scripts/system-packages.ts';
import { until } from '../../scripts/testing/until.ts';

const KEPT_LOG_CHARACTERS = 16_384;

export interface DaemonOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Whom it runs as. Default: who runs the tests. */
  readonly user?: { readonly uid?: number; readonly gid?: number };
}

/** A server of the distribution's, with everything that it starts. */
export class Daemon {
  readonly #child: ChildProcess;
  readonly #exit: Promise<unknown>;
  readonly #name: string;
  #log = '';

  constructor(program: string, words: readonly string[], { env = {}, user = {} }: DaemonOptions = {}) {
    this.#name = program;
    this.#child = spawn(program, words, {
      ...user,
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', ...env },
    });
    this.#exit = once(this.#child, 'exit');
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#log = (this.#log + text).slice(-KEPT_LOG_CHARACTERS);
      });
    process.once('exit', this.#killNow);
    const forget = () => process.off('exit', this.#killNow);
    this.#exit.then(forget, forget);
  }

  /** Waits until something holds. @throws Error with the log when the server ends before, or it does not come about */
  async until(holds: () => Promise<boolean>): Promise<void> {
    const ended = this.#exit.then(() => {
      throw new Error('it ended');
    });
    try {
      await Promise.race([until(holds), ended]);
    } catch (error) {
      throw new Error(`${this.#name}: ${this.#log}`, { cause: error });
    }
  }

  /** Ends it and everything that it has started, all at once, as a power cut does. */
  async cutPower(): Promise<void> {
    this.#killNow();
    await this.#exit;
  }

  /** It and everything that it has started go on no more, and do not end: connections stay open, and nobody answers on them. */
  freeze(): void {
    this.#signalAll('SIGSTOP');
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill('SIGTERM');
    await this.#exit;
  }

  readonly #killNow = (): void => {
    // None of them sees another one end, and says goodbye.
    this.#signalAll('SIGSTOP');
    this.#signalAll('SIGKILL');
  };

  #signalAll(signal: NodeJS.Signals): void {
    const { pid } = this.#child;
    if (pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    // PostgreSQL puts each of its processes into a group of its own, so that there is no group of all.
    for (const each of [pid, ...descendantsOf(pid)])
      try {
        process.kill(each, signal);
      } catch {
        // It has ended by itself.
      }
  }
}

function descendantsOf(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const [, parent = '0'] = /\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? [];
      children.set(Number(parent), [...(children.get(Number(parent)) ?? []), Number(name)]);
    } catch {
      // It has ended.
    }
  }
  const found: number[] = [];
  for (let line = children.get(pid) ?? []; line.length > 0; line = line.flatMap((each) => children.get(each) ?? []))
    found.push(...line);
  return found;
}

/** Finds a program, or installs the distribution's packages as root. @throws Error when there is none */
export async function programOf(packages: readonly string[], ...paths: readonly string[]): Promise<string> {
  const found = await ensureProgram(paths, packages);
  if (found === undefined) throw new Error(`There is no ${paths[0]}. Install ${packages.join(' ')} (Debian).`);
  return found;
}
