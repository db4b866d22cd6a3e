import MiniSearch from 'minisearch';
import { SEARCH_OPTIONS, type SearchDocument } from './browser/search-options.ts';
import { addressOf, CONTENTS, isEntry } from './contents.ts';
import type { RenderedMarkdown } from './markdown.ts';

/** A call or an error code of the API reference, which another part of the server renders. */
export interface ReferenceEntry {
  /** Its anchor in `/docs/api`. */
  anchor: string;
  heading: string;
  keywords?: string;
  body: string;
}

const REFERENCE = { address: '/docs/api', title: 'API reference' };
/** Operators' pages, and reports of tests: most who search look for something else that has the same words. */
const WEIGHT_OF_ASIDES = 0.5;
/** A page as a whole, before its parts. */
const WEIGHT_OF_PAGES = 1.5;

/** The index that the browser loads when somebody is about to search: one document for each heading, call and error code. */
export function searchIndex(
  pages: Readonly<Record<string, RenderedMarkdown>>,
  reference: readonly ReferenceEntry[],
): string {
  const index = new MiniSearch<SearchDocument>(SEARCH_OPTIONS);
  const asides = new Set(slugsOfAsides());
  for (const [slug, { title, sections }] of Object.entries(pages)) {
    for (const { id, text, level, body, keywords } of sections) {
      const address = level === 1 ? addressOf(slug) : `${addressOf(slug)}#${id}`;
      const weight = (asides.has(slug) ? WEIGHT_OF_ASIDES : 1) * (level === 1 ? WEIGHT_OF_PAGES : 1);
      index.add({ id: address, page: title, heading: text, keywords, body, weight });
    }
  }
  for (const { anchor, heading, keywords = '', body } of reference) {
    const id = anchor === '' ? REFERENCE.address : `${REFERENCE.address}#${anchor}`;
    index.add({ id, page: REFERENCE.title, heading, keywords, body, weight: 1 });
  }
  return JSON.stringify(index);
}

function slugsOfAsides(): string[] {
  return CONTENTS.flatMap(({ audience, items }) =>
    items
      .filter(isEntry)
      .filter(({ isEvidence }) => isEvidence || audience === 'operators')
      .map(({ slug }) => slug),
  );
}
