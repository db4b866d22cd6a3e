import type { Language } from '../strings/pick-strings.ts';

/** The languages of the popup, each with the words of one section of the portal. */
export interface Translations<Strings> {
  en: Strings;
  nl: Strings;
  de: Strings;
  fr: Strings;
  es: Strings;
  ar: Strings;
}

/** The words of a section in the language of a page. Shape: that of English. */
export function translations<Strings>(all: Translations<Strings>): (language: Pick<Language, 'tag'>) => Strings {
  return ({ tag }) => (Object.hasOwn(all, tag) ? all[tag as keyof Translations<Strings>] : all.en);
}
