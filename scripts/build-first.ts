import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../server/config.ts';
import { ROOT } from './run.ts';

/** One file of each build. */
export const BUILT = [
  'widget/dist/widget.js',
  'demo/dist/store.css',
  'dist/packages/packages.json',
  'docs/dist/site.json',
];

/**
 * Builds what browsers load, before the servers start. A release contains it, and so does a checkout that was built before the tools for
 * development were left out; both start as they are.
 *
 * @throws ConfigError where it is not built and cannot be
 */
export async function buildFirst(signal: AbortSignal, root: string = ROOT): Promise<void> {
  if (existsSync(join(root, 'node_modules/vite'))) {
    const { build } = await import('./build.ts');
    await build(signal);
    return;
  }
  if (BUILT.every((file) => existsSync(join(root, file)))) return;
  throw new ConfigError(
    'This checkout has not been built, and npm left out what builds it, as it does with --omit=dev or NODE_ENV=production. ' +
      'Run `npm ci --include=dev`, then start again; or run a release, which is built: docs/releases.md.',
  );
}
