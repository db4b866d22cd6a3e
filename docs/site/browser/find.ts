import type MiniSearch from 'minisearch';
import type { Query, SearchOptions } from 'minisearch';
import type { SearchDocument } from './search-options.ts';
import { STOP_WORDS, synonymsOf } from './synonyms.ts';
import { namesIn, wordsOf } from './terms.ts';

export interface Found {
  /** The address. */
  id: string;
  heading: string;
  page: string;
}

const MAX_RESULTS = 12;
/** With fewer results that have every word, those that have some of them follow. */
const ENOUGH = 3;
const SHORTEST_WORD_WITH_TYPOS = 5;

const OPTIONS: SearchOptions = {
  boost: { heading: 4, keywords: 4, page: 2 },
  prefix: (term) => term.length > 1,
  fuzzy: (term) => (term.length < SHORTEST_WORD_WITH_TYPOS ? false : 0.2),
  boostDocument: (_id, _term, stored) => (typeof stored?.['weight'] === 'number' ? stored['weight'] : 1),
};
const SYNONYM_BOOST = 0.3;
const NAME_BOOST = 3;

/** What is found, the best first: all words, then some of them. */
export function find(index: MiniSearch<SearchDocument>, text: string): Found[] {
  const queries = queriesOf(text);
  if (queries.length === 0) return [];
  const all = index.search({ combineWith: 'AND', queries }, OPTIONS);
  const some = all.length < ENOUGH ? index.search({ combineWith: 'OR', queries }, OPTIONS) : [];
  const results = new Map([...all, ...some].map((result) => [String(result.id), result]));
  return [...results]
    .slice(0, MAX_RESULTS)
    .map(([id, { heading, page }]) => ({ id, heading: String(heading), page: String(page) }));
}

/** One query for each word: the word, or something that means the same. A name counts more than its words do. */
function queriesOf(text: string): Query[] {
  const words = wordsOf(text);
  const telling = words.filter((word) => !STOP_WORDS.has(word));
  const names = namesIn(text);
  return (telling.length > 0 ? telling : words).map((word) => ({
    combineWith: 'OR',
    queries: [
      word,
      ...synonymsOf(word).map((synonym) => weighted(synonym, SYNONYM_BOOST)),
      ...names.filter((name) => wordsOf(name).includes(word)).map((name) => weighted(name, NAME_BOOST)),
    ],
  }));
}

function weighted(term: string, boost: number): Query {
  return { queries: [term], tokenize: (whole) => [whole], prefix: false, fuzzy: false, boostTerm: () => boost };
}
