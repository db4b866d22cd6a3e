import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildPackage as buildClient } from '../../client/build/build.ts';
import { integrityOf } from '../../server/packages/built-packages.ts';
import { buildPackage as buildElement } from '../../widget/build/package.ts';
import { pack } from './pack.ts';

/** Builds both npm packages and writes them to a directory, which is there as a whole or not at all, with a list of them. */
export async function writePackages(directory: string, inputs: string): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'packages-'));
  const unfinished = `${directory}.${process.pid}`;
  try {
    mkdirSync(unfinished, { recursive: true });
    const packages = [];
    for (const build of [buildClient, buildElement]) {
      const built = join(work, build === buildClient ? 'client' : 'element');
      await build(built);
      const { name, version } = JSON.parse(readFileSync(join(built, 'package.json'), 'utf8')) as Record<string, string>;
      // Without the scope, because the address already says whose it is.
      const file = `${name?.split('/').at(-1)}-${version}.tgz`;
      const bytes = await pack(built);
      writeFileSync(join(unfinished, file), bytes);
      packages.push({ name, version, file, integrity: integrityOf(bytes) });
    }
    writeFileSync(join(unfinished, 'packages.json'), `${JSON.stringify({ inputs, packages }, undefined, 2)}\n`);
    mkdirSync(dirname(directory), { recursive: true });
    rmSync(directory, { recursive: true, force: true });
    renameSync(unfinished, directory);
  } finally {
    for (const path of [work, unfinished]) rmSync(path, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const [directory, inputs] = process.argv.slice(2);
  if (!directory || !inputs) throw new Error('Where to, and the hash of what they are built from?');
  await writePackages(directory, inputs);
}
