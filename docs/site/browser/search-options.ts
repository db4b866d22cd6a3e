import type { Options } from 'minisearch';
import { termsOf } from './terms.ts';

/** What stands below one heading, or one call or error code of the API. Its id is its address. */
export interface SearchDocument {
  id: string;
  page: string;
  heading: string;
  /** What people type who do not know the word that the page uses. */
  keywords: string;
  body: string;
  /** What its score is multiplied by: less than 1 for what few readers look for. */
  weight: number;
}

/** The index is made and loaded with the same options. The text itself is not stored, because it is on the page. */
export const SEARCH_OPTIONS: Options<SearchDocument> = {
  fields: ['heading', 'keywords', 'page', 'body'],
  storeFields: ['heading', 'page', 'weight'],
  tokenize: termsOf,
  // Terms are ready as `termsOf` gives them.
  processTerm: (term) => term,
};
