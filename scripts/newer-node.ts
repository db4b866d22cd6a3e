import { execFile } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const TIMEOUT_MS = 2_000;

/** What to say when the host has a newer Node than the pinned one that runs this. npm puts the pinned one first on the PATH. */
export async function noticeOfOlderNode(
  running = process.version,
  path = process.env['PATH'] ?? '',
): Promise<string | undefined> {
  const host = await hostVersion(path);
  if (!host || !isNewer(host, running)) return undefined;
  return `This runs on Node ${running}, which the lock file names. The host has ${host}, which may have fixes of security: npm run node:raise.`;
}

/** The version of the first Node on the PATH that no package brings. */
async function hostVersion(path: string): Promise<string | undefined> {
  for (const directory of path.split(delimiter)) {
    if (!directory || directory.includes('node_modules')) continue;
    try {
      const { stdout } = await promisify(execFile)(join(directory, 'node'), ['--version'], { timeout: TIMEOUT_MS });
      return stdout.trim();
    } catch {
      // There is none in this directory.
    }
  }
  return undefined;
}

/** Compares versions of the form `v26.12.1`. */
export function isNewer(version: string, than: string): boolean {
  const numbers = (text: string) => (/^v?(\d+)\.(\d+)\.(\d+)/.exec(text) ?? []).slice(1).map(Number);
  const [left, right] = [numbers(version), numbers(than)];
  const index = left.findIndex((number, place) => number !== right[place]);
  return index >= 0 && right.length > 0 && (left[index] ?? 0) > (right[index] ?? 0);
}
