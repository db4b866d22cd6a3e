import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** Runs npm, and returns what it printed. @throws Error with what it said, when it fails */
export async function npm(words: readonly string[], directory: string, env = process.env): Promise<string> {
  const options = { cwd: directory, env, maxBuffer: MAX_OUTPUT_BYTES, shell: process.platform === 'win32' };
  const { stdout } = await promisify(execFile)('npm', words, options);
  return stdout;
}
