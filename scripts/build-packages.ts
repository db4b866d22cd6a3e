import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runNode } from './run.ts';

/** Where the platform finds the packages that it serves. */
export const PACKAGES_DIRECTORY = join(ROOT, 'dist/packages');

/** What the packages are made of. The lock file is part of it, because it has the versions of the tools. */
const INPUTS = [
  '{client,widget,protocol,design,messages}/**/*.{ts,cjs,json}',
  '{client,widget}/README.md',
  'scripts/packages/*.ts',
  'package-lock.json',
  'package.json',
  'tsconfig.json',
  'vite.config.ts',
  'LICENSE',
];
const IS_NO_INPUT = /(^|\/)(node_modules|dist|testing|testing-support|examples)\/|test\.ts$/;

/**
 * Builds the npm packages into `dist/packages`, unless nothing that they are built from has changed.
 *
 * @param signal ends it
 * @throws Error when they cannot be built
 */
export async function buildPackages(signal?: AbortSignal): Promise<void> {
  const inputs = hashOfInputs();
  if (inputs === builtFrom()) return;
  // In a process of its own: the tools take more memory than the platform itself.
  const env = { ...process.env, NODE_ENV: 'production' };
  const words = ['--no-warnings', 'scripts/packages/write-packages.ts', PACKAGES_DIRECTORY, inputs];
  const { exitCode } = await runNode(words, { signal, env });
  if (exitCode !== 0) throw new Error('The npm packages could not be built.');
}

function hashOfInputs(): string {
  const hash = createHash('sha256');
  const exclude = (path: string) => /(^|\/)(node_modules|dist)$/.test(path);
  for (const file of globSync(INPUTS, { cwd: ROOT, exclude }).sort()) {
    if (!IS_NO_INPUT.test(file))
      hash
        .update(`${file}\0`)
        .update(readFileSync(join(ROOT, file)))
        .update('\0');
  }
  return hash.digest('hex');
}

/** The hash of what the built packages were made of; undefined when there are none. */
function builtFrom(): unknown {
  try {
    const list: unknown = JSON.parse(readFileSync(join(PACKAGES_DIRECTORY, 'packages.json'), 'utf8'));
    return typeof list === 'object' && list !== null && 'inputs' in list ? list.inputs : undefined;
  } catch {
    return undefined;
  }
}

if (import.meta.main) await buildPackages();
