import { readdir, readFile } from 'node:fs/promises';
import { brotliCompressSync, constants } from 'node:zlib';

/** The most that a page may have to load before anybody clicks, in bytes of brotli. */
export const SIZE_BUDGET_BYTES = 9000;
/** The same for all that follows a click. */
export const LATER_BUDGET_BYTES = 28_000;

const STATIC_IMPORT = /(?:^|[;}\s])(?:import|export)\b[^;'"()]*?["'](\.[^"']+)["']/g;
/** What a click loads; the others are for languages, developers, and pages with a redirect URI. */
const LATER = /^(attempt|answer)-.*\.js$/;

/**
 * The brotli bytes (quality 11) of what a page loads before the click: the entry, and everything it imports statically.
 *
 * @param entry the built `widget.js`
 */
export async function sizeBeforeClick(entry = new URL('./dist/widget.js', import.meta.url)): Promise<number> {
  const sizes = new Map<string, number>();
  const queue = [entry];
  for (const url of queue) {
    if (sizes.has(url.href)) continue;
    const source = await readFile(url);
    sizes.set(url.href, brotliSize(source));
    for (const [, path = ''] of source.toString().matchAll(STATIC_IMPORT)) queue.push(new URL(path, url));
  }
  return [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
}

/** The brotli bytes of what a page loads after a click: what follows the attempt, and what verifies, shows and fills in the answer. */
export async function sizeAfterClick(folder = new URL('./dist/widget/', import.meta.url)): Promise<number> {
  const files = (await readdir(folder)).filter((name) => LATER.test(name));
  const sources = await Promise.all(files.map((name) => readFile(new URL(name, folder))));
  return sources.reduce((sum, source) => sum + brotliSize(source), 0);
}

function brotliSize(source: Buffer): number {
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  return brotliCompressSync(source, { params }).length;
}

if (import.meta.main) {
  const [before, after] = [await sizeBeforeClick(), await sizeAfterClick()];
  console.log(`${before} of ${SIZE_BUDGET_BYTES} bytes (brotli) before the click`);
  console.log(`${after} of ${LATER_BUDGET_BYTES} bytes (brotli) after it`);
  if (before > SIZE_BUDGET_BYTES || after > LATER_BUDGET_BYTES) process.exitCode = 1;
}
