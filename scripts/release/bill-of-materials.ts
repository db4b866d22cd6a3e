import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from '../run.ts';
import { type LockFile, lockFileOf, type Manifest } from './lock-file.ts';
import { npm } from './npm.ts';

/** The workspaces whose code is in a release. */
const WORKSPACES = ['server', 'demo', 'messages', 'client', 'widget', 'design', 'protocol'];

/**
 * What a release contains, bundled or installed, with versions, hashes and licences (CycloneDX). `npm sbom` writes it. It is asked about the
 * packages of the release alone, because the repository's own lock file has hundreds of tools besides.
 *
 * @param time of what it lists
 */
export async function billOfMaterials(manifest: Manifest, whole: LockFile, time: Date): Promise<string> {
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
    const words = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', '--sbom-type', 'application'];
    return reproducible(await npm(words, directory), time);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** The same list gets the same number and time, and not those of the moment. */
function reproducible(json: string, time: Date): string {
  const bill = billSchema.parse(JSON.parse(json));
  const metadata = { ...bill.metadata, timestamp: time.toISOString() };
  const hash = createHash('sha256')
    .update(JSON.stringify({ ...bill, metadata, serialNumber: '' }))
    .digest();
  return `${JSON.stringify({ ...bill, serialNumber: `urn:uuid:${uuidOf(hash)}`, metadata }, null, 2)}\n`;
}

const billSchema = z.looseObject({ serialNumber: z.string(), metadata: z.looseObject({ timestamp: z.string() }) });

/** A UUID that is made of a hash (RFC 9562 section 5.8). */
function uuidOf(hash: Buffer): string {
  const bytes = hash.subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The version in the folder of the workspace that has one of its own, else the one that all share. */
function versionOf(name: string, { packages }: LockFile): string {
  const places = ['', ...WORKSPACES.map((workspace) => `${workspace}/`)].map((at) => `${at}node_modules/${name}`);
  const version = places.map((place) => packages[place]?.version).find(Boolean);
  if (!version) throw new Error(`The lock file does not name ${name}.`);
  return version;
}
