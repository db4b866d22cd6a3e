import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../run.ts';
import { type LockFile, lockFileOf, type Manifest } from './lock-file.ts';
import { npm } from './npm.ts';

/** The workspaces whose code is in a release. */
const WORKSPACES = ['server', 'demo', 'messages', 'client', 'widget', 'design', 'protocol'];

/**
 * What a release contains, bundled or installed, with versions, hashes and licences (CycloneDX). `npm sbom` writes it. It is asked about the
 * packages of the release alone, because the repository's own lock file has hundreds of tools besides.
 */
export async function billOfMaterials(manifest: Manifest, whole: LockFile): Promise<string> {
  const read = (workspace: string) =>
    JSON.parse(readFileSync(join(ROOT, workspace, 'package.json'), 'utf8')) as {
      dependencies?: Record<string, string>;
    };
  const names = WORKSPACES.flatMap((workspace) => Object.keys(read(workspace).dependencies ?? {}));
  const bundled = [...new Set(names)].filter((name) => !name.startsWith('@signup-with-platform/')).sort();
  const dependencies = Object.fromEntries(bundled.map((name) => [name, versionOf(name, whole)]));
  const all = { ...manifest, dependencies };
  const lock = lockFileOf(all, whole, WORKSPACES);
  const temporary = mkdtempSync(join(tmpdir(), 'bill-of-materials-'));
  // npm takes the folder's name for the product's.
  const directory = join(temporary, manifest.name);
  mkdirSync(directory);
  try {
    // The repository installs one version of these types, whichever a package asks for. No release contains them.
    const overrides = { '@types/node': whole.packages['node_modules/@types/node']?.version };
    writeFileSync(join(directory, 'package.json'), JSON.stringify({ ...all, overrides }));
    writeFileSync(join(directory, 'package-lock.json'), JSON.stringify(lock));
    return await npm(
      ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', '--sbom-type', 'application'],
      directory,
    );
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** The version in the folder of the workspace that has one of its own, else the one that all share. */
function versionOf(name: string, { packages }: LockFile): string {
  const places = ['', ...WORKSPACES.map((workspace) => `${workspace}/`)].map((at) => `${at}node_modules/${name}`);
  const version = places.map((place) => packages[place]?.version).find(Boolean);
  if (!version) throw new Error(`The lock file does not name ${name}.`);
  return version;
}
