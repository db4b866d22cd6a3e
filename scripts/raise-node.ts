import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isNewer } from './newer-node.ts';
import { ROOT, run } from './run.ts';

const FILE = join(ROOT, 'package.json');

/** The newest of the versions in the same line, which is the one before it when there is none. */
export function newestOf(versions: readonly string[], current: string): string {
  const line = `${current.split('.', 1)[0]}.`;
  return versions
    .filter((version) => /^\d+\.\d+\.\d+$/.test(version) && version.startsWith(line))
    .reduce((newest, version) => (isNewer(version, newest) ? version : newest), current);
}

/** `npm run node:raise`: names the newest Node of the line in use that the registry has, for each platform, in package.json and the lock file. */
async function raise(): Promise<void> {
  const manifest = JSON.parse(readFileSync(FILE, 'utf8')) as { optionalDependencies: Record<string, string> };
  for (const [name, current] of Object.entries(manifest.optionalDependencies)) {
    const { stdout } = await promisify(execFile)('npm', ['view', name, 'versions', '--json']);
    const newest = newestOf([JSON.parse(stdout) as string | string[]].flat(), current);
    console.log(newest === current ? `${name} ${current} is the newest` : `${name} ${current} → ${newest}`);
    manifest.optionalDependencies[name] = newest;
  }
  writeFileSync(FILE, `${JSON.stringify(manifest, null, 2)}\n`);
  const { exitCode } = await run('npm', ['install', '--package-lock-only', '--ignore-scripts']);
  if (exitCode !== 0) throw new Error('The lock file could not be written.');
  console.log('Install what the lock file names: npm ci. Then run the tests, and commit both files.');
}

if (import.meta.main) await raise();
