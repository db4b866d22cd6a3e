import { type SpawnOptions, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installedPath } from '../process/installation.ts';

/** The repository's root, with a trailing slash. */
export const ROOT = installedPath('');

export interface RunResult {
  exitCode: number;
  /** The output of both streams, without colours. */
  output: string;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what begins a colour
const COLOURS = /\u001b\[[\d;]*m/g;

/** Runs a Node program of ours or of a package until it ends. Its output is shown and returned. */
export function runNode(words: readonly string[], options: SpawnOptions = {}): Promise<RunResult> {
  return run(process.execPath, words, options);
}

/** @returns exit code 127 when there is no such program */
export async function run(program: string, words: readonly string[], options: SpawnOptions = {}): Promise<RunResult> {
  const child = spawn(program, words, { cwd: ROOT, ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    process.stdout.write(chunk);
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    process.stderr.write(chunk);
  });
  const exitCode = await new Promise<number>((resolve) => {
    child.once('error', () => resolve(127));
    child.once('close', (code) => resolve(code ?? 1));
  });
  return { exitCode, output: output.replaceAll(COLOURS, '') };
}

/** Path of a package's program, to be run by Node. */
export function binOf(path: string): string {
  return `${ROOT}node_modules/${path}`;
}

/** One of our programs, by its path without the ending: a checkout runs TypeScript, and a release the JavaScript made from it. */
export function programFile(path: string): string {
  return existsSync(join(ROOT, `${path}.ts`)) ? `${path}.ts` : `${path}.js`;
}
