import { readFile } from 'node:fs/promises';
import { brotliCompressSync, constants } from 'node:zlib';

/** The most that a page may have to load before anybody clicks, in bytes of brotli. */
export const SIZE_BUDGET_BYTES = 9000;

const STATIC_IMPORT = /(?:^|[;}\s])(?:import|export)\b[^;'"()]*?["'](\.[^"']+)["']/g;

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
    sizes.set(
      url.href,
      brotliCompressSync(source, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }).length,
    );
    for (const [, path = ''] of source.toString().matchAll(STATIC_IMPORT)) queue.push(new URL(path, url));
  }
  return [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
}

if (import.meta.main) {
  const bytes = await sizeBeforeClick();
  console.log(`${bytes} of ${SIZE_BUDGET_BYTES} bytes (brotli) before the click`);
  if (bytes > SIZE_BUDGET_BYTES) process.exitCode = 1;
}
