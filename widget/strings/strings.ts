import type { Strings } from './en.ts';
import { type Labels, labels } from './labels.ts';

export type { Labels, Strings };

/** Lazily loaded files by BCP 47 tag in lower case. */
export type Languages = ReadonlyMap<string, () => Promise<{ words: Strings }>>;
/** Besides English. To add one, add its file and a line here. */
export const LANGUAGES: Languages = new Map([
  ['nl', () => import('./nl.ts')],
  ['de', () => import('./de.ts')],
  ['fr', () => import('./fr.ts')],
  ['es', () => import('./es.ts')],
  ['it', () => import('./it.ts')],
  ['pt', () => import('./pt.ts')],
  ['pl', () => import('./pl.ts')],
  ['tr', () => import('./tr.ts')],
  ['ar', () => import('./ar.ts')],
  ['he', () => import('./he.ts')],
  ['ja', () => import('./ja.ts')],
]);

/** Of English, the labels alone: its other words are in attempt/. */
export const defaultStrings: Labels = labels;

/**
 * Words of the closest language: `pt-BR` falls back to `pt`, then to English (RFC 4647 section 3.4, for tags of two parts). English also
 * where the file does not load; that one is at hand, so it comes without a promise.
 *
 * @param language BCP 47, in any case
 */
export function stringsFor(language = '', languages: Languages = LANGUAGES): Labels | Promise<Labels> {
  const tag = language.toLowerCase();
  const load = languages.get(tag) ?? languages.get(tag.replace(/-.*/, ''));
  return load
    ? load().then(
        ({ words }) => words,
        () => labels,
      )
    : labels;
}
