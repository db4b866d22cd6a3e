import { en, type Strings } from './en.ts';

export type { Strings };

/** Lazily loaded files by BCP 47 tag in lower case. */
export type Languages = ReadonlyMap<string, () => Promise<Strings>>;
/** Besides English; a line each: `['nl', async () => (await import('./nl.ts')).nl]`. */
const LANGUAGES: Languages = new Map();

export const defaultStrings: Strings = en;

/**
 * Words of the closest language: `pt-BR` falls back to `pt`, then to English (RFC 4647 section 3.4, for tags of two parts).
 *
 * @param language BCP 47, in any case
 */
export async function stringsFor(language = '', languages: Languages = LANGUAGES): Promise<Strings> {
  const tag = language.toLowerCase();
  const load = languages.get(tag) ?? languages.get(tag.replace(/-.*/, ''));
  return load ? load() : en;
}
