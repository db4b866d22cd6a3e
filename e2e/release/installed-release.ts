import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { npm } from '../../scripts/release/npm.ts';
import { pack } from '../../scripts/release/release.ts';
import { ROOT } from '../../scripts/run.ts';
import { until } from '../../scripts/testing/until.ts';
import { temporaryDirectory } from '../../server/testing/temporary-directory.ts';
import { networkSettings } from './image-tree.ts';

/** The oldest line of Node that a release promises to run on. */
const LINE = '24';
const CACHE = join(ROOT, 'node_modules/.cache/release-node');

export interface Running {
  readonly pid: number;
  output(): string;
  /** Asks npm to end, as a process manager does. @returns the exit code */
  stop(): Promise<number | null>;
}

/** A release as an operator installs it: unpacked on a machine that has Node, npm and nothing else, by somebody without a history. */
export class InstalledRelease {
  readonly directory: string;
  readonly archive: string;
  readonly home: string;
  readonly #env: Readonly<Record<string, string>>;

  private constructor(directory: string, archive: string, home: string, env: Readonly<Record<string, string>>) {
    this.directory = directory;
    this.archive = archive;
    this.home = home;
    this.#env = env;
  }

  static async install(): Promise<InstalledRelease> {
    const { archive, name } = await pack(temporaryDirectory());
    const machine = temporaryDirectory();
    await promisify(execFile)('tar', ['-xzf', archive, '-C', machine]);
    const [programs, home] = [join(machine, 'bin'), join(machine, 'home')];
    for (const directory of [programs, home]) mkdirSync(directory);
    const links = { node: await nodeOfLine(), npm: hostProgram('npm'), sh: '/bin/sh', env: hostProgram('env') };
    for (const [program, target] of Object.entries(links)) symlinkSync(target, join(programs, program));
    const env = { ...networkSettings(), HOME: home, PATH: programs };
    const release = new InstalledRelease(join(machine, name), archive, home, env);
    await release.npm(['ci', '--omit=dev']);
    return release;
  }

  /** Runs npm in the release. @returns what it printed */
  npm(words: readonly string[], settings: Readonly<Record<string, string>> = {}): Promise<string> {
    return npm(words, this.directory, { ...this.#env, ...settings });
  }

  /** Runs Node in the release. */
  node(words: readonly string[], settings: Readonly<Record<string, string>> = {}) {
    const options = { cwd: this.directory, env: { ...this.#env, ...settings } };
    return promisify(execFile)(join(this.#env['PATH'] ?? '', 'node'), words, options);
  }

  /** `npm start`, until what it prints matches. */
  async start(settings: Readonly<Record<string, string>>, ready: RegExp): Promise<Running> {
    const child = spawn(join(this.#env['PATH'] ?? '', 'npm'), ['start'], {
      cwd: this.directory,
      env: { ...this.#env, ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
    const exit = once(child, 'exit') as Promise<[number | null]>;
    await Promise.race([until(() => ready.test(text)), exit]);
    if (!ready.test(text)) throw new Error(`It is not ready: ${text}`);
    return {
      pid: serverBelow(child.pid ?? 0),
      output: () => text,
      stop: async () => {
        child.kill('SIGTERM');
        const [code] = await exit;
        return code;
      },
    };
  }
}

/** The process that npm started, which has replaced its shell. */
function serverBelow(npmPid: number): number {
  const children = `/proc/${npmPid}/task/${npmPid}/children`;
  return existsSync(children) ? Number(readFileSync(children, 'utf8').trim().split(' ').at(-1)) : npmPid;
}

function hostProgram(name: string): string {
  const directories = (process.env['PATH'] ?? '').split(delimiter).filter((path) => !path.includes('node_modules'));
  const found = directories.map((directory) => join(directory, name)).find((file) => existsSync(file));
  if (!found) throw new Error(`${name} is not on the PATH.`);
  return realpathSync(found);
}

/** The newest Node of that line, from npm. */
export async function nodeOfLine(): Promise<string> {
  const name = `node-${process.platform}-${process.arch}`;
  const program = join(CACHE, 'node_modules', name, 'bin/node');
  if (!existsSync(program)) {
    mkdirSync(CACHE, { recursive: true });
    writeFileSync(join(CACHE, 'package.json'), '{"private":true}');
    await npm(['install', '--no-audit', '--no-fund', `${name}@${LINE}`], CACHE);
  }
  return program;
}
