import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runNode } from './run.ts';

const DIRECTORY = join(ROOT, 'docs/dist');
const STAMP = 'inputs.txt';
/** What the site is made of; of the API, what the search finds of its reference. The lock file stands for the packages that make it. */
const INPUTS = [
  '{docs,client,widget}/*.md',
  'CHANGELOG.md',
  'docs/site/**/*.ts',
  'server/delivery/api/**/*.ts',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
];

/**
 * Builds the documentation, unless it was built from the same files.
 *
 * @param directory where to. Default: where the platform finds it
 * @throws Error when it cannot be built
 */
export async function buildDocs(signal?: AbortSignal, directory = DIRECTORY): Promise<void> {
  if (readStamp(directory) === digestOfInputs()) return;
  // In a process of its own: the bundler sets NODE_ENV, which would be that of the servers that are started next.
  const { exitCode } = await runNode(['scripts/build-docs.ts', directory], { signal });
  if (exitCode !== 0) throw new Error('The documentation could not be built.');
}

function readStamp(directory: string): string | undefined {
  const file = join(directory, STAMP);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function digestOfInputs(): string {
  const digest = createHash('sha256');
  for (const file of globSync(INPUTS, { cwd: ROOT }).sort())
    digest.update(`${file}\n`).update(readFileSync(join(ROOT, file)));
  return digest.digest('hex');
}

if (import.meta.main) {
  const [, , directory = DIRECTORY] = process.argv;
  const inputs = digestOfInputs();
  const { buildSite } = await import('../docs/site/build.ts');
  const { referenceIndex } = await import('../server/delivery/api/docs/reference-index.ts');
  await buildSite(ROOT, directory, referenceIndex());
  writeFileSync(join(directory, STAMP), inputs);
}
