import { posix } from 'node:path';

interface LockedPackage {
  version?: string;
  dev?: boolean;
  peer?: boolean;
  optional?: boolean;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

export interface LockFile {
  lockfileVersion: number;
  packages: Record<string, LockedPackage>;
}

const OF_WORKSPACE = /^[^/]+\/(?=node_modules\/)/;

/** The package.json of a release, as far as its lock file repeats it. */
export interface Manifest {
  name: string;
  version: string;
  license: string;
  dependencies: Record<string, string>;
  engines: Record<string, string>;
}

/**
 * The lock file for some of the packages of another one, at the same versions, with the same hashes, for every operating system.
 *
 * @param workspaces whose own copies of a package are looked for first. They come to stand at the top
 * @throws Error when a package is not locked
 */
export function lockFileOf(manifest: Manifest, whole: LockFile, workspaces: readonly string[] = []): LockFile {
  const packages: Record<string, LockedPackage> = {};
  const add = (name: string, from: string, isOptional: boolean): void => {
    const place = placeOf(name, from, whole);
    const path = place?.replace(OF_WORKSPACE, '');
    const found = place === undefined ? undefined : whole.packages[place];
    if (place === undefined || path === undefined || !found) {
      if (isOptional) return;
      throw new Error(`The lock file does not name ${name}, which ${from || 'the release'} needs.`);
    }
    if (Object.hasOwn(packages, path) && (isOptional || !packages[path]?.optional)) return;
    // What the whole says of it was about the repository: there, it may be for development.
    const { dev: _dev, peer: _peer, optional: _optional, ...entry } = found;
    packages[path] = isOptional ? { ...entry, optional: true } : entry;
    for (const each of Object.keys(found.dependencies ?? {})) add(each, place, isOptional);
    for (const each of Object.keys(found.optionalDependencies ?? {})) add(each, place, true);
  };
  for (const name of Object.keys(manifest.dependencies)) {
    const own = workspaces.find((workspace) => Object.hasOwn(whole.packages, `${workspace}/node_modules/${name}`));
    add(name, own ?? '', false);
  }
  const { name, version, license, dependencies, engines } = manifest;
  const sorted = Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1));
  const root = { name, version, license, dependencies, engines };
  return {
    ...{ name, version, lockfileVersion: whole.lockfileVersion, requires: true },
    packages: { '': root, ...Object.fromEntries(sorted) },
  };
}

/** Where Node would find a package: in `node_modules` of the package that asks, or of one around it. */
function placeOf(name: string, from: string, { packages }: LockFile): string | undefined {
  for (let around = from; ; around = posix.dirname(around)) {
    const path = around === '' || around === '.' ? `node_modules/${name}` : `${around}/node_modules/${name}`;
    if (Object.hasOwn(packages, path)) return path;
    if (around === '' || around === '.') return undefined;
  }
}
