import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './run.ts';

const DIRECTORY = join(ROOT, 'docs/dist');
const STAMP = join(DIRECTORY, 'inputs.txt');
/** What the site is made of. The lock file stands for the packages that make it. */
const INPUTS = [
  '{docs,client,widget}/*.md',
  'CHANGELOG.md',
  'docs/site/**/*.ts',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
];

/** Builds the documentation into `docs/dist`, unless it was built from the same files. */
export async function buildDocs(): Promise<void> {
  const inputs = digestOfInputs();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === inputs) return;
  // Loaded only now, because a start that builds nothing should not wait for the bundler.
  const { buildSite } = await import('../docs/site/build.ts');
  await buildSite(ROOT, DIRECTORY);
  writeFileSync(STAMP, inputs);
}

function digestOfInputs(): string {
  const digest = createHash('sha256');
  for (const file of globSync(INPUTS, { cwd: ROOT }).sort())
    digest.update(`${file}\n`).update(readFileSync(join(ROOT, file)));
  return digest.digest('hex');
}

if (import.meta.main) await buildDocs();
