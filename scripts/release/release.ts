import { createHash } from 'node:crypto';
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LIST_FILE } from '../../server/domain/breaches/list.ts';
import { build } from '../build.ts';
import { tarball } from '../packages/pack.ts';
import { ROOT } from '../run.ts';
import { billOfMaterials } from './bill-of-materials.ts';
import { bundle, INSTALLED } from './bundle.ts';
import { type LockFile, lockFileOf } from './lock-file.ts';
import { sourceTime } from './source-time.ts';

const DIRECTORY = join(ROOT, 'dist/release');
/** The oldest Node that a release runs on; `files/check-node.js` says so to whoever has an older one. */
const ENGINES = { node: '>=24' };

/** What is built elsewhere and read while the server runs, and what people read. */
const CONTENTS = [
  'widget/dist/**',
  'demo/dist/**',
  'docs/dist/**',
  'dist/packages/**',
  'examples/backends/**',
  LIST_FILE,
  'messages/*/*.json',
  'LICENSE',
  'CHANGELOG.md',
  'SECURITY.md',
  'deploy/**',
];
/** What is only for whoever debugs the widget in a checkout, and what a bundle contains already. */
const LEFT_OUT = /\.js\.map$|^messages\/[^/]+\/widget\.json$/;

export interface Release {
  readonly name: string;
  /** The folder that the archive contains. */
  readonly directory: string;
  readonly archive: string;
}

/**
 * `npm run release`: builds everything, and writes the archive `dist/release/signup-with-platform-<version>.tar.gz`, its SHA-256, and the bill of
 * materials that is in it, too. Whoever unpacks it needs Node and npm alone: `npm ci --omit=dev && npm start`. The same commit gives the same
 * bytes, so that anybody can build it again and compare.
 */
export async function release(): Promise<Release> {
  await build();
  return pack(DIRECTORY);
}

/** The same, of what is built already, into another directory. */
export async function pack(into: string): Promise<Release> {
  const { version, license } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, string>;
  const whole = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as LockFile;
  const name = `signup-with-platform-${version}`;
  const directory = join(into, name);
  rmSync(directory, { recursive: true, force: true });
  await bundle(directory);
  for (const path of globSync(CONTENTS, { cwd: ROOT })) {
    if (LEFT_OUT.test(path) || statSync(join(ROOT, path)).isDirectory()) continue;
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    cpSync(join(ROOT, path), join(directory, path));
  }
  cpSync(join(import.meta.dirname, 'files'), directory, { recursive: true });

  const lockedVersion = (dependency: string) => {
    const locked = whole.packages[`node_modules/${dependency}`]?.version;
    if (!locked) throw new Error(`The lock file does not name ${dependency}.`);
    return locked;
  };
  const manifest = {
    ...{ name: 'signup-with-platform-server', version: String(version), private: true, license: String(license) },
    type: 'module',
    engines: ENGINES,
    scripts: SCRIPTS,
    dependencies: Object.fromEntries(INSTALLED.map((dependency) => [dependency, lockedVersion(dependency)])),
  };
  writeJson(join(directory, 'package.json'), manifest);
  writeJson(join(directory, 'package-lock.json'), lockFileOf(manifest, whole));
  const time = await sourceTime(ROOT);
  const bill = await billOfMaterials(manifest, whole, time);
  writeFileSync(join(directory, 'sbom.cdx.json'), bill);
  writeFileSync(join(into, `${name}.cdx.json`), bill);

  const archive = join(into, `${name}.tar.gz`);
  const bytes = await tarball(directory, name, time);
  writeFileSync(archive, bytes);
  const hash = createHash('sha256').update(bytes).digest('hex');
  writeFileSync(`${archive}.sha256`, `${hash}  ${name}.tar.gz\n`);
  return { name, directory, archive };
}

/**
 * glibc gives each thread a heap of its own and keeps what is freed, 10 MB of it after a start. The buffers of a page that is compressed, 64 KB
 * each, would lie between small objects that live longer, and leave a hole each time: 45 MB after 400 people. Beyond 48 KB, they go back at once.
 */
export const ALLOCATOR = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_TRIM_THRESHOLD_: '262144',
  MALLOC_MMAP_THRESHOLD_: '49152',
} as const;

/**
 * V8 doubles its young generation under load up to 32 MB a half, and gives nothing back: a quarter of that costs hardly any processor time. The old
 * generation may become four times what lives before it is collected; two fifths more than what lives saves 50 MB, and costs 2 % of processor time.
 */
export const NODE_FLAGS = ['--max-semi-space-size=8', '--heap-growing-percent=40'] as const;

const allocator = Object.entries(ALLOCATOR).map(([name, value]) => `${name}=${value}`);
const START = `node ${NODE_FLAGS.join(' ')} start.js`;
/** Windows has no `exec`, prints so, and goes on with the second half. */
const SCRIPTS = {
  start: `exec env ${allocator.join(' ')} ${START} || ${START}`,
  platform: 'node platform.js',
};

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}

if (import.meta.main) {
  const { archive } = await release();
  console.log(`${archive}\n${archive}.sha256\n${archive.replace(/\.tar\.gz$/, '.cdx.json')}`);
}
