import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../run.ts';
import { npm } from './npm.ts';
import { assertNoMigrationInPatch } from './patch-version.ts';

const VERSION = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/;
const OWN = /^(?:@signup-with-platform\/.+|signup-with-platform)$/;
/** The one place besides manifests where the version stands: programs cannot read a package.json that is not shipped with them. */
const CLIENT_VERSION = 'client/version.ts';
const UNRELEASED = '## [Unreleased]';

interface Manifest {
  version: string;
  workspaces?: string[];
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/** Every file that says the version, with what it says. The root's package.json, which comes first, is the one that counts. */
export function versionsIn(root: string): { file: string; version: string }[] {
  const own = [...readFileSync(join(root, CLIENT_VERSION), 'utf8').matchAll(/VERSION = '([^']+)'/g)];
  return [
    ...manifestsIn(root).map((file) => ({ file, version: readManifest(root, file).version })),
    ...own.map(([, version = '']) => ({ file: CLIENT_VERSION, version })),
  ];
}

/**
 * Writes a version everywhere: manifests, what packages ask of each other, the client's constant, and the heading of the changelog.
 *
 * @param date of the release, as in 2026-11-30
 * @throws Error when it is no version, or nothing is noted in the changelog
 */
export function raiseVersion(root: string, version: string, date: string): void {
  if (!VERSION.test(version)) throw new Error(`${version} is no version, such as 1.2.0.`);
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  if (!sectionOf(changelog, 'Unreleased')) throw new Error('CHANGELOG.md has nothing under [Unreleased].');
  for (const file of manifestsIn(root)) {
    const manifest = readManifest(root, file);
    for (const each of [manifest.dependencies, manifest.devDependencies]) {
      for (const name of Object.keys(each ?? {})) if (each && OWN.test(name)) each[name] = `^${version}`;
    }
    writeFileSync(join(root, file), `${JSON.stringify({ ...manifest, version }, null, 2)}\n`);
  }
  const constant = readFileSync(join(root, CLIENT_VERSION), 'utf8');
  writeFileSync(join(root, CLIENT_VERSION), constant.replace(/VERSION = '[^']+'/, `VERSION = '${version}'`));
  const heading = `${UNRELEASED}\n\n## [${version}] - ${date}`;
  writeFileSync(
    join(root, 'CHANGELOG.md'),
    changelog.replace(UNRELEASED, () => heading),
  );
}

/** What the changelog says of a version, without its heading; empty when it says nothing. */
export function sectionOf(changelog: string, version: string): string {
  const parts = changelog.split(/^## /m).slice(1);
  const section = parts.find((part) => part.startsWith(`[${version}]`)) ?? '';
  return section.slice(section.indexOf('\n') + 1).trim();
}

function manifestsIn(root: string): string[] {
  const { workspaces = [] } = readManifest(root, 'package.json');
  return ['package.json', ...workspaces.map((workspace) => `${workspace}/package.json`)].filter(
    (file) => globSync(file, { cwd: root }).length > 0,
  );
}

const readManifest = (root: string, file: string) => JSON.parse(readFileSync(join(root, file), 'utf8')) as Manifest;

if (import.meta.main) {
  const [version = ''] = process.argv.slice(2);
  assertNoMigrationInPatch(ROOT, readManifest(ROOT, 'package.json').version, version);
  raiseVersion(ROOT, version, new Date().toISOString().slice(0, 10));
  await npm(['install', '--package-lock-only', '--ignore-scripts'], ROOT);
  console.log(`Everything is at ${version}. Read the diff, commit it, then: npm run release:tag`);
}
