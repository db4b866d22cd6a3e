import { existsSync } from 'node:fs';
import { run } from '../../scripts/run.ts';

const isAptWithRoot = process.platform === 'linux' && process.getuid?.() === 0;

/** Installs packages of the distribution, where that can be done without asking anybody. */
export async function installPackages(names: readonly string[]): Promise<void> {
  if (!isAptWithRoot) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  // Somebody else may be installing something.
  const words = ['-o', 'DPkg::Lock::Timeout=600', 'install', '-y', '-qq', '--no-install-recommends'];
  await run('apt-get', [...words, ...names], { env });
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
