import { RIGHT_TO_LEFT, WIDGET_LANGUAGES } from '../../messages/generated/widget-languages.ts';
import type { Strings } from './en.ts';
import { type Labels, labels } from './labels.ts';

export type { Labels, Strings };

/** Lazily loaded files by BCP 47 tag, each of one subtag. */
export type Languages = ReadonlyMap<string, () => Promise<{ default: Omit<Strings, 'language' | 'direction'> }>>;
/** Of English, the labels alone: its other words are in attempt/. */
export const defaultStrings: Labels = labels;

/**
 * Words of the language that a tag begins with: `pt-BR` is `pt`. English for any other, and where the file does not load; that one is at
 * hand, so it comes without a promise.
 *
 * @param language BCP 47, in any case
 */
export function stringsFor(language = '', languages: Languages = WIDGET_LANGUAGES): Labels | Promise<Labels> {
  const tag = language.toLowerCase().replace(/-.*/, '');
  const load = languages.get(tag);
  return load
    ? load().then(
        ({ default: words }) => ({ ...words, language: tag, direction: RIGHT_TO_LEFT.test(tag) ? 'rtl' : undefined }),
        () => labels,
      )
    : labels;
}
