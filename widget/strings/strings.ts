import type { Strings } from './en.ts';
import { type Labels, labels } from './labels.ts';

export type { Labels, Strings };

/** Lazily loaded files by BCP 47 tag in lower case. */
export type Languages = ReadonlyMap<string, () => Promise<Strings>>;
/** Besides English; a line each: `['nl', async () => (await import('./nl.ts')).nl]`. */
const LANGUAGES: Languages = new Map();

/** Of English, the labels alone: its other words are in attempt/. */
export const defaultStrings: Labels = labels;

/**
 * Words of the closest language: `pt-BR` falls back to `pt`, then to English (RFC 4647 section 3.4, for tags of two parts).
 *
 * @param language BCP 47, in any case
 */
export async function stringsFor(language = '', languages: Languages = LANGUAGES): Promise<Labels> {
  const tag = language.toLowerCase();
  const load = languages.get(tag) ?? languages.get(tag.replace(/-.*/, ''));
  return load ? load() : labels;
}
