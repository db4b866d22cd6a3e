import { readdir, readFile } from 'node:fs/promises';
import { brotliCompressSync, constants } from 'node:zlib';

/** The most that a page may have to load before anybody clicks, in bytes of brotli. */
export const SIZE_BUDGET_BYTES = 8500;
/** The same for all that follows a click. */
export const LATER_BUDGET_BYTES = 20_480;

const STATIC_IMPORT = /(?:^|[;}\s])(?:import|export)\b[^;'"()]*?["'](\.[^"']+)["']/g;
/** What a click loads. The other chunks are for what few pages have: another language, an attribute, a rare control. */
const LATER = /^(attempt|answer)-.*\.js$/;

/** The brotli bytes (quality 11) of each file, by its address. */
export type Sizes = ReadonlyMap<string, number>;

/**
 * What a page loads before the click: the entry, and everything it imports statically.
 *
 * @param entry the built `widget.js`
 */
export async function sizesBeforeClick(entry = new URL('./dist/widget.js', import.meta.url)): Promise<Sizes> {
  const sizes = new Map<string, number>();
  await addSizes(sizes, [entry]);
  return sizes;
}

/** What it loads after a click: what follows the attempt, what verifies, shows and fills in the answer, and everything these import statically. */
export async function sizesAfterClick(folder = new URL('./dist/widget/', import.meta.url)): Promise<Sizes> {
  const files = (await readdir(folder)).filter((name) => LATER.test(name));
  const sizes = new Map<string, number>();
  await addSizes(
    sizes,
    files.map((name) => new URL(name, folder)),
  );
  return sizes;
}

/** All of them. */
export function sumOf(sizes: Sizes): number {
  return [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
}

async function addSizes(sizes: Map<string, number>, queue: URL[]): Promise<void> {
  for (const url of queue) {
    if (sizes.has(url.href)) continue;
    const source = await readFile(url);
    sizes.set(url.href, brotliSize(source));
    for (const [, path = ''] of source.toString().matchAll(STATIC_IMPORT)) queue.push(new URL(path, url));
  }
}

function brotliSize(source: Buffer): number {
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  return brotliCompressSync(source, { params }).length;
}

/** The chunks that only some pages load. */
async function sizesOfOthers(loaded: Sizes, folder = new URL('./dist/widget/', import.meta.url)): Promise<Sizes> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.js'));
  const urls = files.map((name) => new URL(name, folder)).filter(({ href }) => !loaded.has(href));
  return new Map(await Promise.all(urls.map(async (url) => [url.href, brotliSize(await readFile(url))] as const)));
}

if (import.meta.main) {
  const [before, after] = [await sizesBeforeClick(), await sizesAfterClick()];
  const others = await sizesOfOthers(new Map([...before, ...after]));
  const print = (title: string, sizes: Sizes) => {
    console.log(title);
    for (const [href, bytes] of sizes) console.log(`${bytes.toString().padStart(8)}  ${href.split('/').at(-1)}`);
  };
  print(`${sumOf(before)} of ${SIZE_BUDGET_BYTES} bytes (brotli) before the click`, before);
  print(`${sumOf(after)} of ${LATER_BUDGET_BYTES} bytes (brotli) after it`, after);
  print('What only some pages load', others);
  if (sumOf(before) > SIZE_BUDGET_BYTES || sumOf(after) > LATER_BUDGET_BYTES) process.exitCode = 1;
}
