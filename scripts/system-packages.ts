import { existsSync } from 'node:fs';
import { run } from './run.ts';

/** Whether packages of the distribution can be installed without asking anybody. */
export const mayInstall = process.platform === 'linux' && process.getuid?.() === 0;

/**
 * Installs packages of the distribution, where {@link mayInstall}. The caller checks whether the program exists afterwards.
 * @param options.recommended also what they are usually installed with, such as the fonts of a browser
 */
export async function installPackages(names: readonly string[], { recommended = false } = {}): Promise<void> {
  if (!mayInstall) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  // Somebody else may be installing something.
  const words = ['-o', 'DPkg::Lock::Timeout=600', 'install', '-y', '-qq'];
  await run('apt-get', [...words, ...(recommended ? [] : ['--no-install-recommends']), ...names], { env });
}

/** The first of these paths that exists, after installing the packages if there is none. */
export async function ensureProgram(
  paths: readonly string[],
  packages: readonly string[],
): Promise<string | undefined> {
  const find = () => paths.find((path) => existsSync(path));
  const found = find();
  if (found !== undefined) return found;
  await installPackages(packages);
  return find();
}
