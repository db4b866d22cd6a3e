import MiniSearch from 'minisearch';
import { SEARCH_OPTIONS, type SearchDocument } from './browser/search-options.ts';
import { addressOf } from './contents.ts';
import type { RenderedMarkdown } from './markdown.ts';

/** The index that the browser loads when somebody is about to search: one document for each heading. */
export function searchIndex(pages: Readonly<Record<string, RenderedMarkdown>>): string {
  const index = new MiniSearch<SearchDocument>(SEARCH_OPTIONS);
  for (const [slug, { title, sections }] of Object.entries(pages)) {
    for (const { id, text, level, body } of sections) {
      const address = level === 1 ? addressOf(slug) : `${addressOf(slug)}#${id}`;
      index.add({ id: address, page: title, heading: text, body });
    }
  }
  return JSON.stringify(index);
}
