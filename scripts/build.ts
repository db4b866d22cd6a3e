import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { SIZE_BUDGET_BYTES, sizesBeforeClick, sumOf } from '../widget/size.ts';
import { buildDocs } from './build-docs.ts';
import { buildPackages } from './build-packages.ts';
import { binOf, ROOT, runNode } from './run.ts';

const WIDGET_DIRECTORY = join(ROOT, 'widget/dist');

/**
 * Builds what browsers load, as `vite.config.ts` says. Everything else runs without a build.
 *
 * @param signal ends it
 * @throws Error when it cannot be built, or when the widget is larger than it may be
 */
export async function build(signal?: AbortSignal): Promise<void> {
  // What is served is always small, whatever NODE_ENV this process runs with.
  const env = { ...process.env, NODE_ENV: 'production' };
  const { exitCode } = await runNode([binOf('vite/bin/vite.js'), 'build', '--logLevel', 'warn'], { signal, env });
  if (exitCode !== 0) throw new Error('What browsers load could not be built.');
  const bytes = sumOf(await sizesBeforeClick());
  if (bytes > SIZE_BUDGET_BYTES) {
    throw new Error(
      `A page would load ${bytes} bytes (brotli) of the widget before the click: ${SIZE_BUDGET_BYTES} are allowed.`,
    );
  }
  compressFiles(WIDGET_DIRECTORY);
  await buildPackages(signal);
  await buildDocs(signal);
}

/** Compresses the files once, as small as possible, because they are served thousands of times. */
function compressFiles(directory: string): void {
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.js')) continue;
    const file = join(directory, name);
    const source = readFileSync(file);
    const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
    writeFileSync(`${file}.br`, brotliCompressSync(source, { params }));
    writeFileSync(`${file}.gz`, gzipSync(source, { level: constants.Z_BEST_COMPRESSION }));
  }
}

if (import.meta.main) await build();
