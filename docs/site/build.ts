import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build as bundle } from 'vite';
import { browserBuild } from '../../vite.config.ts';
import { addressOf, CONTENTS, type Entry, isEntry } from './contents.ts';
import { PLATFORM_PLACEHOLDER } from './fillings.ts';
import { linksFrom } from './links.ts';
import { llmsFullTxt, llmsTxt } from './llms.ts';
import { type RenderedMarkdown, renderMarkdown } from './markdown.ts';
import { listPages } from './page-lists.ts';
import { plainMarkdown } from './plain-markdown.ts';
import { publishedText } from './published.ts';
import { type ReferenceEntry, searchIndex } from './search-index.ts';
import type { Site, Source } from './site.ts';

const MAIN = 'docs/site/browser/main.ts';

/**
 * Builds the documentation: each page as HTML without its frame, which the server puts around it, because the frame has the operator's name,
 * logo and colours; its Markdown; the script and the index of the search.
 * @param root of the repository
 * @param reference what the search finds of the API reference, which the server renders
 * @throws Error when a page has no heading
 */
export async function buildSite(root: string, directory: string, reference: readonly ReferenceEntry[]): Promise<void> {
  const sources = sourcesIn(root);
  const pages = renderPages(sources);
  const script = await bundleScript(root);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(join(directory, 'pages'), { recursive: true });
  mkdirSync(join(directory, 'assets'));
  const texts = sources.map((source) => ({
    ...source,
    text: plainMarkdown(source, linksFrom(source.file, sources), (slug) => pages[slug]?.title),
  }));
  for (const { slug, text } of texts) {
    writeFileSync(join(directory, 'pages', `${slug}.html`), pages[slug]?.html ?? '');
    writeFileSync(join(directory, 'pages', `${slug}.md`), text);
  }
  const site: Site = {
    ...describe(sources, pages),
    version: versionIn(root),
    platformPlaceholder: PLATFORM_PLACEHOLDER,
    assets: {
      script: writeAsset(directory, 'site', 'js', script),
      search: writeAsset(directory, 'search', 'json', searchIndex(pages, reference)),
    },
  };
  writeFileSync(join(directory, 'llms.txt'), llmsTxt(site));
  writeFileSync(join(directory, 'llms-full.txt'), llmsFullTxt(texts));
  writeFileSync(join(directory, 'site.json'), JSON.stringify(site));
}

/** Every page whose file is there, as readers of the site get it. */
export function sourcesIn(root: string): Source[] {
  return CONTENTS.flatMap(({ items }) => items.filter(isEntry))
    .filter(({ file }) => existsSync(join(root, file)))
    .map((entry) => ({ ...entry, text: publishedText(readFileSync(join(root, entry.file), 'utf8')) }));
}

function describe(
  sources: readonly Entry[],
  pages: Readonly<Record<string, RenderedMarkdown>>,
): Pick<Site, 'chapters' | 'pages'> {
  const exists = new Set(sources.map(({ slug }) => slug));
  const chapters = CONTENTS.map(({ title, audience, items }) => ({
    title,
    audience,
    items: items.flatMap((item) => {
      if (!isEntry(item)) return [item];
      if (!exists.has(item.slug)) return [];
      const label = item.label ?? pages[item.slug]?.title ?? item.slug;
      return [{ label, href: addressOf(item.slug), slug: item.slug }];
    }),
  })).filter(({ items }) => items.length > 0);
  const described = Object.entries(pages).map(([slug, { title, description, headings }]) => {
    const shown = headings.filter(({ level }) => level === 2 || level === 3);
    return [slug, { title, description, headings: shown }] as const;
  });
  return { chapters, pages: Object.fromEntries(described) };
}

async function bundleScript(root: string): Promise<string> {
  const built = await bundle({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    build: { ...browserBuild, write: false, modulePreload: false, rolldownOptions: { input: join(root, MAIN) } },
  });
  const [output] = [built].flat();
  const chunk = output && 'output' in output ? output.output[0] : undefined;
  if (!chunk) throw new Error('The script of the documentation could not be built.');
  return chunk.code;
}

/** Every page by its slug. */
export function renderPages(sources: readonly Source[]): Record<string, RenderedMarkdown> {
  const pages = Object.fromEntries(
    sources.map(({ slug, file, text, issuer }) => [slug, renderMarkdown(text, linksFrom(file, sources), issuer)]),
  );
  for (const page of Object.values(pages)) page.html = listPages(page.html, sources, pages);
  return pages;
}

/** Writes a file under a name that changes with its content, and compressed, because it is served thousands of times. @returns its name */
function writeAsset(directory: string, name: string, extension: string, text: string): string {
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 10);
  const file = `${name}-${hash}.${extension}`;
  const path = join(directory, 'assets', file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  writeFileSync(path, text);
  writeFileSync(`${path}.br`, brotliCompressSync(text, { params }));
  writeFileSync(`${path}.gz`, gzipSync(text, { level: constants.Z_BEST_COMPRESSION }));
  return file;
}

function versionIn(root: string): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return version;
}
