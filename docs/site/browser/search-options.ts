import type { Options } from 'minisearch';

/** What stands below one heading. Its id is its address. */
export interface SearchDocument {
  id: string;
  page: string;
  heading: string;
  body: string;
}

/** The index is made and loaded with the same options. The text itself is not stored, because it is on the page. */
export const SEARCH_OPTIONS: Options<SearchDocument> = {
  fields: ['heading', 'page', 'body'],
  storeFields: ['heading', 'page'],
  searchOptions: { boost: { heading: 4, page: 2 }, prefix: true, fuzzy: 0.15, combineWith: 'AND' },
};
