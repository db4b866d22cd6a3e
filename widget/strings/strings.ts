import type { Strings } from './en.ts';
import { type Labels, labels } from './labels.ts';

export type { Labels, Strings };

/** Lazily loaded files by BCP 47 tag, each of one subtag. */
export type Languages = ReadonlyMap<string, () => Promise<{ default: Omit<Strings, 'language' | 'direction'> }>>;
/** Besides English: those of messages/languages.ts, each written out because a bundler follows no path that it cannot read. */
export const LANGUAGES: Languages = new Map([
  ['nl', () => import('../../messages/nl/widget.json', { with: { type: 'json' } })],
  ['de', () => import('../../messages/de/widget.json', { with: { type: 'json' } })],
  ['fr', () => import('../../messages/fr/widget.json', { with: { type: 'json' } })],
  ['es', () => import('../../messages/es/widget.json', { with: { type: 'json' } })],
  ['it', () => import('../../messages/it/widget.json', { with: { type: 'json' } })],
  ['pt', () => import('../../messages/pt/widget.json', { with: { type: 'json' } })],
  ['pl', () => import('../../messages/pl/widget.json', { with: { type: 'json' } })],
  ['tr', () => import('../../messages/tr/widget.json', { with: { type: 'json' } })],
  ['ar', () => import('../../messages/ar/widget.json', { with: { type: 'json' } })],
  ['he', () => import('../../messages/he/widget.json', { with: { type: 'json' } })],
  ['ja', () => import('../../messages/ja/widget.json', { with: { type: 'json' } })],
]);

/** Of English, the labels alone: its other words are in attempt/. */
export const defaultStrings: Labels = labels;

/**
 * Words of the language that a tag begins with: `pt-BR` is `pt`. English for any other, and where the file does not load; that one is at
 * hand, so it comes without a promise.
 *
 * @param language BCP 47, in any case
 */
export function stringsFor(language = '', languages: Languages = LANGUAGES): Labels | Promise<Labels> {
  const tag = language.toLowerCase().replace(/-.*/, '');
  const load = languages.get(tag);
  return load
    ? load().then(
        ({ default: words }) => ({ ...words, language: tag, direction: /ar|he/.test(tag) ? 'rtl' : undefined }),
        () => labels,
      )
    : labels;
}
